import type { Input, Operation } from '@keyrack/sdk';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useCallback, useLayoutEffect, useRef, useState } from 'react';
import { keyrack } from '../api/keyrack.ts';
import { noteOperations } from '../encoder/encoders.ts';
import { createIntents } from './intent.ts';
import { operationOf } from './stage/follow.ts';

type Body = Input<'createOperation'>;

/**
 * Asks for a card, once for each intent, and tells the operation when the server has accepted it.
 * @param shown the operation that stands there where it is asked for, if any: until that changes, the same request is the same intent
 */
export function useAsk(shown: string | null, onAccepted: (operation: Operation, asked: Body) => void) {
  const client = useQueryClient();
  const [intents] = useState(() => createIntents());
  useLayoutEffect(() => intents.show(shown), [intents, shown]);
  const isAsking = useRef(false);
  const { mutate, isPending, error, reset } = useMutation({
    mutationFn: async (body: Body) => keyrack.operations.create(body, { idempotencyKey: intents.nameOf(body) }),
    onSuccess(operation, body) {
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
