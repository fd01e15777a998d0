import { queryOptions, useQuery } from '@tanstack/react-query';
import { keyrack } from '../api/keyrack.ts';
import { Bones } from '../page/bones.tsx';
import { Failure } from '../page/failure.tsx';
import { AuthenticatorApp } from './authenticator-app.tsx';
import { Passkeys } from './passkeys.tsx';
import { RecoveryCodes } from './recovery-codes.tsx';

export const myFactors = queryOptions({
  queryKey: ['me', 'factors'],
  queryFn: () => keyrack.call('getMyFactors'),
});

/** What is asked for besides the password. `login`: what one signs in by. */
export function Factors({ login }: { readonly login: string }) {
  const { data, error, refetch } = useQuery(myFactors);
  if (data === undefined) return error === null ? <Bones /> : <Failure error={error} onAgain={() => void refetch()} />;
  const asks = data.authenticator !== null || data.passkeys.length > 0;
  return (
    <>
      <AuthenticatorApp app={data.authenticator} hasCodes={data.recoveryCodes !== null} />
      <Passkeys passkeys={data.passkeys} />
      <RecoveryCodes codes={data.recoveryCodes} asks={asks} login={login} />
    </>
  );
}
