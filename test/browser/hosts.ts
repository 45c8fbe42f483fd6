/** The port of the host with isolation headers; the bare one has the port before it. TEST_PORT lets two checkouts test side by side. */
const port = Number(process.env['TEST_PORT'] ?? 4179);

export const ports = { isolated: port, plain: port - 1 };
export const isolated = `http://127.0.0.1:${ports.isolated}/`;
export const plain = `http://127.0.0.1:${ports.plain}/`;
