// Closes, from inside, the roads out of the page that no content security policy knows: leaving for another address, a new window, a
// connection ahead of a need (`preconnect`), and calls between browsers (https://github.com/w3c/webappsec/issues/656). The page takes
// from itself what it never uses, as LavaMoat does (scuttling, https://lavamoat.github.io/about/runtime-environment), before all else of
// it runs.
//
// This is a second layer under the policies (src/hosting/headers.ts), which keep text from becoming HTML or a script, and no proof
// against code that runs in the page already: these are the roads that were found (test/browser/roads-out.ts), and browsers get new ones.
{
  // As they are before anybody can put something else in their place.
  const { apply, defineProperty, deleteProperty, getOwnPropertyDescriptor, getPrototypeOf } = Reflect;
  const { TypeError, URL } = globalThis;
  const { preventDefault } = Event.prototype;
  const { endsWith, toLowerCase } = String.prototype;

  /** Who was there first, as an extension, may have derived a class of its own and named it so. */
  const find = (owner, name) => getOwnPropertyDescriptor(owner, name) ?? find(getPrototypeOf(owner), name);
  const reader = (owner, name) => {
    const { get } = find(owner, name);
    return (self) => apply(get, self, []);
  };
  const localName = reader(Element.prototype, 'localName');
  const nodeType = reader(Node.prototype, 'nodeType');
  const typeOf = reader(Blob.prototype, 'type');
  const protocol = reader(URL.prototype, 'protocol');
  const host = reader(URL.prototype, 'host');

  const refuse = (what) => {
    throw new TypeError(`This page makes no ${what}`);
  };

  const { href } = location;
  const homeProtocol = protocol(new URL(href));
  const homeHost = host(new URL(href));

  /** Whether it leads to where the page came from, or to what it holds itself. */
  const isNear = (address) => {
    let url;
    try {
      url = new URL(address, href);
    } catch {
      // It leads nowhere.
      return true;
    }
    const scheme = protocol(url);
    return scheme === 'blob:' || scheme === 'data:' || (scheme === homeProtocol && host(url) === homeHost);
  };

  // Leaving, by whoever begins it: no link of the page leads elsewhere. What the address bar is told, pages do not hear of.
  if ('navigation' in globalThis) {
    const destination = reader(NavigateEvent.prototype, 'destination');
    const url = reader(NavigationDestination.prototype, 'url');
    navigation.addEventListener('navigate', (event) => {
      if (!isNear(url(destination(event)))) apply(preventDefault, event, []);
    });
  }

  // What makes windows, calls, and elements by ways of their own.
  for (const [owner, ...names] of [
    [globalThis, 'open', 'documentPictureInPicture', 'RTCPeerConnection', 'webkitRTCPeerConnection', 'XSLTProcessor'],
    [Document, 'parseHTML'],
    [Document.prototype, 'open', 'execCommand'],
    [DOMImplementation.prototype, 'createDocument'],
    [Element.prototype, 'setHTML'],
    [ShadowRoot.prototype, 'setHTML'],
  ])
    for (const name of names) deleteProperty(owner, name);

  /** Has what is made of a method, or of the setter of a property, stand in its place. */
  const replace = (owner, name, make) => {
    const found = getOwnPropertyDescriptor(owner, name);
    const key = 'value' in found ? 'value' : 'set';
    defineProperty(owner, name, { ...found, [key]: make(found[key]) });
  };

  // A blank frame has all of this anew, and an animation gives a link its address. The frames of foreign code come from the text of a
  // policy (src/studio/own/framed-worker.ts).
  const refused = { __proto__: null, iframe: 1, frame: 1, object: 1, embed: 1, animate: 1, set: 1 };
  for (const name of ['createElement', 'createElementNS'])
    replace(
      Document.prototype,
      name,
      (create) =>
        function (...given) {
          const element = apply(create, this, given);
          const made = localName(element);
          return made in refused ? refuse(`element ${made}`) : element;
        },
    );

  // An element of one's own is none of the browser's kinds, frames among them.
  replace(
    CustomElementRegistry.prototype,
    'define',
    (define) =>
      function (name, kind) {
        apply(define, this, [name, kind]);
      },
  );

  // Nothing has an address elsewhere: then no link connects ahead, and none leads to a new window.
  const near = (address) => {
    const text = `${address}`;
    return isNear(text) ? text : refuse(`link to ${text}`);
  };
  for (const [name, at] of [
    ['setAttribute', 0],
    ['setAttributeNS', 1],
  ])
    replace(
      Element.prototype,
      name,
      (set) =>
        function (...given) {
          const key = `${given[at]}`;
          given[at] = key;
          if (apply(endsWith, apply(toLowerCase, key, []), ['href'])) given[at + 1] = near(given[at + 1]);
          return apply(set, this, given);
        },
    );
  for (const kind of [HTMLAnchorElement, HTMLAreaElement, HTMLLinkElement])
    replace(
      kind.prototype,
      'href',
      (set) =>
        function (address) {
          apply(set, this, [near(address)]);
        },
    );
  for (const [owner, ...names] of [
    [HTMLAnchorElement.prototype, 'protocol', 'host', 'hostname', 'port'],
    [HTMLAreaElement.prototype, 'protocol', 'host', 'hostname', 'port'],
    [SVGAnimatedString.prototype, 'baseVal'],
    [Attr.prototype, 'value'],
  ])
    for (const name of names) replace(owner, name, () => undefined);
  const attribute = Node.ATTRIBUTE_NODE;
  for (const name of ['nodeValue', 'textContent'])
    replace(
      Node.prototype,
      name,
      (set) =>
        function (text) {
          if (nodeType(this) === attribute) refuse('attribute by its node');
          apply(set, this, [text]);
        },
    );

  // No text of the page's own becomes a page, which would have all of this anew: scripts of workers have an address, and what is saved.
  replace(
    URL,
    'createObjectURL',
    (create) =>
      function (object) {
        const type = typeOf(object);
        if (type !== 'text/javascript' && type !== 'application/octet-stream')
          refuse(`address of ${type || 'no type'}`);
        return apply(create, URL, [object]);
      },
  );
}
