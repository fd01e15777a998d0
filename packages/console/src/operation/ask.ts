import type { Input, Operation } from '@keyrack/sdk';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useCallback, useRef } from 'react';
import { keyrack } from '../api/keyrack.ts';
import { noteOperations } from '../encoder/encoders.ts';
import { intentFor } from './intent.ts';
import { operationOf } from './stage/follow.ts';

type Body = Input<'createOperation'>;

/** Asks for a card, once for each intent, and tells the operation when the server has accepted it. */
export function useAsk(onAccepted: (operation: Operation, asked: Body) => void) {
  const client = useQueryClient();
  const last = useRef<{ readonly body: string; readonly intent: string } | null>(null);
  const isAsking = useRef(false);
  const { mutate, isPending, error, reset } = useMutation({
    mutationFn: async (body: Body) => {
      last.current = intentFor(body, last.current);
      return keyrack.operations.create(body, { idempotencyKey: last.current.intent });
    },
    onSuccess(operation, body) {
      // What comes after this is another intent, also where it is the same request.
      last.current = null;
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
      mutate(body);
    },
    [mutate],
  );
  return { ask, isAsking: isPending, error, reset };
}
