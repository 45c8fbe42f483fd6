import type { Abroad } from './foreign.ts';

/**
 * In a worker or the page: tries to get out by each road that a worker may have, and by the ways back to what was deleted from it.
 * Returns the names that were found. Runs from its text. Hits are named `from/road`.
 */
export function roadsOut(abroad: Abroad, from: string): string[] {
  const base = `${abroad.http}${from}/`;
  const found: string[] = [];
  const scopes = (): object[] => {
    const all: object[] = [];
    const add = (get: () => unknown): void => {
      try {
        const scope = get();
        if (typeof scope === 'object' && scope !== null) all.push(scope);
      } catch {
        // There is none by this way.
      }
    };
    add(() => self);
    add(() => globalThis);
    add(() => Function('return this')());
    add(() => (0, eval)('this'));
    add(() => [].constructor.constructor('return this')());
    add(() => Object.getPrototypeOf(async function () {}).constructor('return this')());
    add(
      () =>
        Object.getPrototypeOf(function* () {})
          .constructor('return this')()
          .next().value,
    );
    add(() => (Reflect.construct(Object.getPrototypeOf(roadsOut).constructor, ['return this']) as () => unknown)());
    return all;
  };
  const named = (name: string): ((...given: unknown[]) => unknown)[] => {
    const values: unknown[] = [];
    for (const scope of scopes())
      for (let at: object | null = scope; at; at = Object.getPrototypeOf(at))
        values.push(Object.getOwnPropertyDescriptor(at, name)?.value ?? Reflect.get(at, name, scope));
    return [...new Set(values)].filter((each) => each !== undefined) as ((...given: unknown[]) => unknown)[];
  };
  const make = (name: string, ...given: unknown[]): void => {
    for (const each of named(name)) {
      found.push(name);
      try {
        Reflect.construct(each, given);
      } catch {
        // It is there, and refuses.
      }
    }
  };
  const call = (name: string, ...given: unknown[]): void => {
    for (const each of named(name)) {
      found.push(name);
      try {
        const answer: unknown = Reflect.apply(each, undefined, given);
        if (answer instanceof Promise) answer.catch(() => undefined);
      } catch {
        // It is there, and refuses.
      }
    }
  };
  call('fetch', `${base}fetch`);
  for (const Request of named('XMLHttpRequest')) {
    found.push('XMLHttpRequest');
    const request = Reflect.construct(Request, []) as XMLHttpRequest;
    request.open('GET', `${base}xhr`);
    request.send();
  }
  make('WebSocket', `${base.replace('http', 'ws')}socket`);
  make('EventSource', `${base}events`);
  make('WebTransport', `https://127.0.0.1:${abroad.transport}/`);
  make('Worker', `${base}worker`);
  make('SharedWorker', `${base}shared`);
  make('BroadcastChannel', 'tapedeck');
  make('RTCPeerConnection');
  call('importScripts', `${base}scripts`);
  for (const name of ['indexedDB', 'caches', 'navigator', 'localStorage', 'postMessage', 'close', 'Notification'])
    found.push(...named(name).map(() => name));
  for (const Face of named('FontFace')) {
    found.push('FontFace');
    (Reflect.construct(Face, ['abroad', `url(${base}font)`]) as FontFace).load().catch(() => undefined);
  }
  for (const Text of named('Blob')) {
    const text = Reflect.construct(Text, [
      [`fetch(${JSON.stringify(`${base}blob-worker`)})`],
      { type: 'text/javascript' },
    ]) as Blob;
    make('Worker', URL.createObjectURL(text));
  }
  import(/* @vite-ignore */ `${base}import`).catch(() => undefined);
  return found;
}

/**
 * In the page: tries each road that leads out by an element, a sheet of style or a call that workers do not have. Runs from its text.
 * `use` of an SVG is none: browsers take its pictures from the page's own address alone
 * (https://svgwg.org/svg2-draft/linking.html#processingURL-fetch).
 */
export function roadsOutOfPage(abroad: Abroad, from: string): void {
  const at = (road: string): string => `${abroad.http}${from}/${road}`;
  const put = (tag: string, attributes: Record<string, string>, parent: Element = document.body): HTMLElement => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    parent.append(element);
    return element;
  };
  const link = (road: string, rel: string, more: Record<string, string> = {}): unknown =>
    put('link', { rel, href: at(road), ...more }, document.head);
  const drawn = (name: string, attributes: Record<string, string>): SVGElement => {
    const element = document.createElementNS('http://www.w3.org/2000/svg', name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    return element;
  };
  const picture = (...elements: SVGElement[]): void => {
    const svg = drawn('svg', {});
    svg.append(...elements);
    document.body.append(svg);
  };
  const frame = (): HTMLIFrameElement => put('iframe', {}) as HTMLIFrameElement;
  const roads: Record<string, () => unknown> = {
    beacon: () => navigator.sendBeacon(at('beacon'), 'x'),
    keepalive: () => fetch(at('keepalive'), { method: 'POST', body: 'x', keepalive: true, mode: 'no-cors' }),
    rtc: () => {
      const peer = new RTCPeerConnection({ iceServers: [{ urls: `stun:127.0.0.1:${abroad.rtc}` }] });
      peer.createDataChannel('abroad');
      return peer.createOffer().then((offer) => peer.setLocalDescription(offer));
    },
    img: () => put('img', { src: at('img') }),
    srcset: () => put('img', { srcset: `${at('srcset')} 1x` }),
    picture: () => {
      const choice = put('picture', {});
      put('source', { srcset: encodeURI(at('picture')) }, choice);
      put('img', {}, choice);
    },
    input: () => put('input', { type: 'image', src: at('input') }),
    background: () => put('table', { background: at('background') }),
    'style attribute': () => put('p', { style: `background: url(${encodeURI(at('style attribute'))})` }),
    'style element': () => {
      put('p', { class: 'abroad' }).textContent = 'x';
      put('style', {}).textContent = `@import url(${encodeURI(at('css import'))});
        @font-face { font-family: abroad; src: url(${encodeURI(at('css font'))}) }
        .abroad { font-family: abroad; background: url(${encodeURI(at('css url'))}); cursor: url(${at('cursor')}), auto }`;
    },
    'sheet that was constructed': () => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(
        `body { list-style: url(${encodeURI(at('constructed'))}); border-image: url(${at('border')}) }`,
      );
      document.adoptedStyleSheets.push(sheet);
    },
    stylesheet: () => link('stylesheet', 'stylesheet'),
    script: () => put('script', { src: at('script') }),
    'module script': () => put('script', { type: 'module', src: at('module script') }),
    prefetch: () => link('prefetch', 'prefetch'),
    'preload of a fetch': () => link('preload of a fetch', 'preload', { as: 'fetch', crossorigin: '' }),
    'preload of a script': () => link('preload of a script', 'preload', { as: 'script' }),
    'preload of an image': () => link('preload of an image', 'preload', { as: 'image' }),
    modulepreload: () => link('modulepreload', 'modulepreload'),
    icon: () => link('icon', 'icon'),
    manifest: () => {
      document.querySelector('link[rel=manifest]')?.remove();
      link('manifest', 'manifest');
    },
    audio: () => put('audio', { src: at('audio'), preload: 'auto' }),
    video: () => put('video', { src: at('video'), poster: at('poster'), preload: 'auto' }),
    track: () => {
      const video = put('video', { crossorigin: '' });
      const track = put('track', { src: at('track'), kind: 'subtitles', default: '' }, video) as HTMLTrackElement;
      track.track.mode = 'showing';
    },
    iframe: () => put('iframe', { src: at('iframe') }),
    'blank frame': () => (frame().contentWindow as unknown as typeof window).fetch(at('blank frame')),
    'frame with HTML': () => put('iframe', { srcdoc: `<img src="${at('frame with HTML')}">` }),
    object: () => put('object', { data: at('object') }),
    embed: () => put('embed', { src: at('embed') }),
    form: () => {
      frame().name = 'abroad';
      (put('form', { action: at('form'), method: 'post', target: 'abroad' }) as HTMLFormElement).submit();
    },
    ping: () => {
      frame().name = 'near';
      put('a', { href: location.origin + '/icon.svg', target: 'near', ping: at('ping') }).click();
    },
    'SVG image': () => picture(drawn('image', { href: at('SVG image'), width: '9', height: '9' })),
    feImage: () => {
      const filter = drawn('filter', { id: 'abroad' });
      filter.append(drawn('feImage', { href: at('feImage') }));
      picture(filter, drawn('rect', { width: '9', height: '9', filter: 'url(#abroad)' }));
    },
  };
  for (const take of Object.values(roads))
    try {
      const answer = take();
      if (answer instanceof Promise) answer.catch(() => undefined);
    } catch {
      // Refused at once.
    }
}

/**
 * In the page: has connections made ahead of a need, by a link and by all ways to a link that somebody might have left open. Runs from
 * its text.
 */
export function roadsAhead({ connect }: Abroad): void {
  const to = (way: keyof Abroad['connect'], link: HTMLLinkElement): void => {
    link.rel = 'preconnect';
    link.href = connect[way];
    document.head.append(link);
  };
  const made = (): HTMLLinkElement => document.createElement('link');
  const html = 'http://www.w3.org/1999/xhtml';
  const ways: Record<keyof Abroad['connect'], () => unknown> = {
    'a link': () => to('a link', made()),
    'a link that was there': () => {
      const link = document.querySelector('link[rel="icon"]')!;
      link.attributes.getNamedItem('href')!.nodeValue = connect['a link that was there'];
      link.attributes.getNamedItem('rel')!.value = 'preconnect';
    },
    'a copy': () => to('a copy', document.importNode(document.querySelector('link')!)),
    'a blank frame': () => {
      const frame = document.createElementNS(html, 'iframe') as HTMLIFrameElement;
      document.body.append(frame);
      const there = frame.contentDocument!;
      const link = there.createElement('link');
      link.rel = 'preconnect';
      link.href = connect['a blank frame'];
      there.head.append(link);
    },
    'a frame of a document': () => {
      const frame = document.implementation.createDocument(html, 'iframe').documentElement as HTMLIFrameElement;
      document.body.append(frame);
      frame.contentDocument!.documentElement.append(frame.contentDocument!.createElement('p'));
      to('a frame of a document', frame.contentDocument!.createElement('link'));
    },
    'an element of its own': () => {
      class Own extends HTMLLinkElement {}
      customElements.define('own-link', Own, { extends: 'link' });
      to('an element of its own', new Own());
    },
    'a text that was cleaned': () => {
      const place = document.createElement('p');
      document.body.append(place);
      const text = `<link rel="preconnect" href="${connect['a text that was cleaned']}">`;
      (place as unknown as { setHTML(text: string, how: object): void }).setHTML(text, {
        sanitizer: { elements: ['link'], attributes: ['rel', 'href'] },
      });
    },
    'a transformation': () => {
      const namespace = 'http://www.w3.org/1999/XSL/Transform';
      const sheet = document.implementation.createDocument(namespace, 'stylesheet');
      sheet.documentElement.setAttribute('version', '1.0');
      const template = sheet.createElementNS(namespace, 'template');
      template.setAttribute('match', '/');
      const link = sheet.createElementNS(html, 'link');
      link.setAttribute('rel', 'preconnect');
      link.setAttribute('href', connect['a transformation']);
      template.append(link);
      sheet.documentElement.append(template);
      const transformation = new XSLTProcessor();
      transformation.importStylesheet(sheet);
      document.head.append(transformation.transformToFragment(sheet, document));
    },
  };
  for (const go of Object.values(ways))
    try {
      go();
    } catch {
      // Refused at once.
    }
}

/** The ways in which a page may be left, or another opened, for an address that tells something. */
export const leavings = [
  ...['window', 'window of a document', 'window of a link', 'window of a drawn link', 'window of a link of a text'],
  ...['window of a page of its own', 'refresh', 'link', 'navigation'],
] as const;

/** In the page: takes one of these. Runs from its text. */
export function leave({ http }: Abroad, from: string, way: (typeof leavings)[number]): void {
  const at = encodeURI(`${http}${from}/${way}`);
  const click = (link: Element): boolean => link.dispatchEvent(new MouseEvent('click', { bubbles: true }));
  const linkTo = (address: string, target = ''): HTMLAnchorElement => {
    const link = document.createElement('a');
    link.target = target;
    link.href = address;
    return link;
  };
  const drawn = (name: string, attributes: Record<string, string>): Element => {
    const element = document.createElementNS('http://www.w3.org/2000/svg', name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    return element;
  };
  const refresh = `0;url=${at}`;
  const ways: Record<(typeof leavings)[number], () => unknown> = {
    window: () => window.open(at),
    'window of a document': () => document.open(at, '_blank', ''),
    'window of a link': () => linkTo(at, '_blank').click(),
    'window of a drawn link': () => {
      const link = drawn('a', { target: '_blank' });
      link.append(drawn('set', { attributeName: 'href', to: at }));
      const picture = drawn('svg', {});
      picture.append(link);
      document.body.append(picture);
      requestAnimationFrame(() => requestAnimationFrame(() => click(link)));
    },
    'window of a link of a text': () => {
      const text = document.createElement('p');
      text.contentEditable = 'true';
      text.textContent = 'text';
      // An open dialog keeps what is selected to itself.
      (document.querySelector('[role=dialog]') ?? document.body).append(text);
      getSelection()!.selectAllChildren(text);
      document.execCommand('createLink', false, at);
      text.contentEditable = 'false';
      const link = text.querySelector('a')!;
      link.target = '_blank';
      click(link);
    },
    'window of a page of its own': () => {
      const page = new Blob([`<meta http-equiv="refresh" content="${refresh}">`], { type: 'text/html' });
      linkTo(URL.createObjectURL(page), '_blank').click();
    },
    refresh: () => {
      const element = document.createElement('meta');
      element.httpEquiv = 'refresh';
      element.content = refresh;
      document.head.append(element);
    },
    link: () => click(linkTo(at)),
    navigation: () => (location.href = at),
  };
  // Chromium shows a page of its own, without any policy, in place of the one that its policy did not let leave.
  if (!document.getElementById('studio')) return;
  try {
    ways[way]();
  } catch {
    // Refused at once.
  }
}
