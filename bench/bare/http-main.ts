import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerBench } from '../parts/answer.ts';

// A server that reads a form, answers success and does nothing else: what Node's HTTP alone allows on this machine.

const ANSWER = '{"status":200,"info":"success"}';

const server = createServer((request, response) => {
  request.resume().on('end', () => {
    response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' });
    response.end(ANSWER);
  });
});

answerBench({
  listen: () =>
    new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
    }),
});
