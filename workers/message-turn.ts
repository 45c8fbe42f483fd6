/** What gives the turn of a thread away by a message to itself: all that came before it is heard first. */
export function messageTurn(): () => Promise<void> {
  const { port1, port2 } = new MessageChannel();
  let turned = (): void => undefined;
  port1.onmessage = () => turned();
  return () =>
    new Promise((resolve) => {
      turned = resolve;
      port2.postMessage(null);
    });
}
