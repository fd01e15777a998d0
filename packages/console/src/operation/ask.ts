import type { Input, Operation } from '@keyrack/sdk';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useCallback, useRef } from 'react';
import { keyrack } from '../api/keyrack.ts';
import { noteOperations } from '../encoder/encoders.ts';
import { type Intent, intentFor } from './intent.ts';
import { operationOf } from './stage/follow.ts';

type Body = Input<'createOperation'>;

/**
 * Asks for a card, once for each intent, and tells the operation when the server has accepted it.
 * @param shown the operation that stands there where it is asked for, if any: until another one does, the same request is the same intent
 */
export function useAsk(shown: string | null, onAccepted: (operation: Operation, asked: Body) => void) {
  const client = useQueryClient();
  const last = useRef<Intent | null>(null);
  const isAsking = useRef(false);
  const { mutate, isPending, error, reset } = useMutation({
    mutationFn: async ({ body, shown }: { readonly body: Body; readonly shown: string | null }) => {
      last.current = intentFor(body, shown, last.current);
      return keyrack.operations.create(body, { idempotencyKey: last.current.name });
    },
    onSuccess(operation, { body }) {
      client.setQueryData(operationOf(String(body.property), operation.id).queryKey, operation);
      noteOperations(client, String(body.property), [operation]);
      onAccepted(operation, body);
    },
    onSettled() {
      isAsking.current = false;
    },
  });
  const ask = useCallback(
    (body: Body) => {
      // At once, and not when React shows it: two presses may come between two pictures.
      if (isAsking.current) return;
      isAsking.current = true;
      mutate({ body, shown });
    },
    [mutate, shown],
  );
  return { ask, isAsking: isPending, error, reset };
}
