import { sandboxPolicy } from './script-policy.ts';

/**
 * The one script that stands in the page's documents as text: it is all that runs in the frame of foreign code, whose document has
 * no address to load anything from (`about:srcdoc`). It makes a worker of the text that it is handed and passes on what the two say.
 */
const script =
  "addEventListener('message',({data,ports:[page]})=>{" +
  "const url=URL.createObjectURL(new Blob([data],{type:'text/javascript'}));" +
  `const policy=self.trustedTypes?.createPolicy('${sandboxPolicy}',{createScriptURL:(own)=>own});` +
  "const worker=new Worker(policy?.createScriptURL(url)??url,{name:'foreign code'});" +
  'URL.revokeObjectURL(url);' +
  'worker.onmessage=({data})=>page.postMessage({said:data});' +
  "worker.onerror=({message})=>page.postMessage({failed:message??''});" +
  'page.onmessage=({data,ports})=>worker.postMessage(data,ports)' +
  '},{once:true})';

/** What the frame says of its worker. */
export type FromFrame<Message> = { readonly said: Message } | { readonly failed: string };

/** By this the policy of a page lets the script run, since a frame without an address has the policy of its page and its own besides. */
export const sandboxHash = "'sha256-q1SJvnuvwrtnoHkolgygvFmnXQck8TDnGIPDwwveZ7Q='";

/**
 * The document of the frame. Sandboxed with scripts alone, its origin is one that nobody else has: no storage, no cookies, nothing of
 * the page. Its policy lets it make workers of its own texts, and reach nothing.
 */
export const sandboxDocument = `<!doctype html><meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src ${sandboxHash}; worker-src blob:"><script>${script}</script>`;

/** The frame of that document, as the text of an element. */
export const sandboxFrame = `<iframe sandbox="allow-scripts" title="Code from elsewhere" srcdoc="${sandboxDocument.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}"></iframe>`;
