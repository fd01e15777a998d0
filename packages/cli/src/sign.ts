import { Command } from 'commander';
import { usageError } from './exit.ts';
import { readText } from './read-text.ts';
import { curlLine } from './sign/curl-line.ts';
import { ENDPOINTS, findEndpoint } from './sign/endpoints.ts';
import { signRequest } from './sign/sign-request.ts';
import type { Terminal } from './terminal.ts';

interface SignOptions {
  readonly token?: string;
  readonly tokenFile?: string;
  readonly url?: string;
  readonly formEncoded?: true;
  readonly json?: true;
}

/** `keyrack sign`: what a request of the room-card API must be signed with, to compare one's own client against. */
export function signCommand({ out }: Terminal): Command {
  const endpoints = Object.keys(ENDPOINTS).join(', ');
  return new Command('sign')
    .description('Print the string to sign and the signature of a request of the room-card API.')
    .argument('<endpoint>', `one of ${endpoints}`)
    .argument('[fields...]', 'the fields of its body, each as name=value')
    .option('--token <authToken>', "the developer account's authToken")
    .option('--token-file <file>', 'a file that holds it, to keep it out of the list of processes')
    .option('--url <url>', 'print a ready curl line for the server at this address')
    .option('--form-encoded', 'signature B over the form-encoded values, as some libraries make it')
    .option('--json', 'for programs')
    .addHelpText(
      'after',
      '\nSignature B needs a timestamp (Unix seconds): add timestamp=$(date +%s).' +
        '\nExample: keyrack sign getMacList accountSid=… communityNo=1316879946 --token …',
    )
    .action((name: string, given: string[], options: SignOptions) => {
      const endpoint = findEndpoint(name);
      if (endpoint === null) throw usageError(`There is no endpoint ${name}; there are ${endpoints}.`);
      const fields = parseFields(given, endpoint.fields);
      const signed = signRequest(endpoint, fields, tokenOf(options), options.formEncoded ? 'form-encoded' : 'plain');
      const curl = options.url === undefined ? undefined : curlLine(options.url, endpoint, fields, signed.signature);
      if (options.json) return out(JSON.stringify({ ...signed, curl }));
      out(`algorithm       ${signed.algorithm}`);
      out(`string to sign  ${signed.stringToSign}`);
      out(`signature       ${signed.signature}`);
      if (curl !== undefined) out(`\n${curl}`);
    });
}

/** The fields in the order given. A misspelt name would sign something else, so it is refused. */
function parseFields(given: readonly string[], known: readonly string[]): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const pair of given) {
    const at = pair.indexOf('=');
    if (at < 1) throw usageError(`${pair} isn't name=value.`);
    const name = pair.slice(0, at);
    if (!known.includes(name)) throw usageError(`The endpoint has no field ${name}; it has ${known.join(', ')}.`);
    if (name in fields) throw usageError(`The field ${name} is given twice.`);
    fields[name] = pair.slice(at + 1);
  }
  return fields;
}

function tokenOf({ token, tokenFile }: SignOptions): string {
  if (token !== undefined && tokenFile === undefined) return token;
  if (tokenFile === undefined || token !== undefined)
    throw usageError('Give the authToken with --token or --token-file.');
  return readText(tokenFile).trim();
}
