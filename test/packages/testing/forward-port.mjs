// `node forward-port.mjs SOCKET PORT`: what comes in at a socket of the file system goes on to a port of the loopback here,
// which is another computer's where this runs in that computer's network.
import { connect, createServer } from 'node:net';

const [, , path, port] = process.argv;
createServer({ allowHalfOpen: true }, (near) => {
  const far = connect({ port: Number(port), host: '127.0.0.1', allowHalfOpen: true });
  for (const [one, other] of [
    [near, far],
    [far, near],
  ]) {
    one.on('error', () => other.destroy());
    one.on('close', () => other.destroy());
    one.pipe(other);
  }
}).listen(path, () => process.stdout.write('ready\n'));
