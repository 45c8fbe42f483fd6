/** That worker as a classic script (worker-text.config.ts). */
declare module '*?worker-text' {
  const text: string;
  export default text;
}
