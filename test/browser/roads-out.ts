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
    const text = Reflect.construct(Text, [[`fetch(${JSON.stringify(`${base}blob-worker`)})`]]) as Blob;
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
    preconnect: () => put('link', { rel: 'preconnect', href: abroad.connect }, document.head),
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

/** In the page: leaves it. Runs from its text. */
export function leave(abroad: Abroad, from: string): void {
  window.open(`${abroad.http}${from}/window`);
  location.href = `${abroad.http}${from}/navigation`;
}
