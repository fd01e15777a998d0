import type { Operation } from '@keyrack/sdk';
import { useCallback } from 'react';
import { useActorName } from '../actor/actor-name.tsx';
import { keyrack } from '../api/keyrack.ts';
import { explainCause } from '../cause/explain-cause.ts';
import { BYTE_ORDER_MARK, type Cell, csvLine } from '../csv/csv.ts';
import type { ExportedFile } from '../csv/use-export.ts';
import { seenState } from '../operation/operation-state.ts';
import * as words from '../operation/texts.ts';
import { useSession } from '../session/session.tsx';
import { useLanguage } from '../texts/language.tsx';
import { useTexts } from '../texts/texts.ts';
import { serverNow } from '../time/server-clock.ts';
import { dayAndTimeAt } from '../time/zoned.ts';
import { type OperationsSearch, queryOf } from './operations-search.ts';
import * as texts from './texts.ts';
import { requesterOf, secondsOf } from './told.ts';

const ROWS_OF_A_PAGE = 200;
const COLUMNS = [
  ...(['at', 'ended', 'kind', 'state', 'cause', 'explanation', 'room', 'serial'] as const),
  ...(['who', 'account', 'encoder', 'seconds', 'id'] as const),
];

/** What the list shows, as a file for spreadsheets: all of it, also what wasn't looked at yet. */
export function useOperationsFile(search: OperationsSearch): () => ExportedFile {
  const t = useTexts(texts);
  const w = useTexts(words);
  const nameOf = useActorName();
  const { language } = useLanguage();
  const { property } = useSession();
  return useCallback(() => {
    const { id, timeZone } = property;
    const clock = (at: string | null) => {
      if (at === null) return null;
      const { day, time } = dayAndTimeAt(Date.parse(at), timeZone);
      return `${day} ${time}:${at.slice(17, 19)}`;
    };
    const cells = (operation: Operation): Cell[] => {
      const { kind, cause, explanation, room, serial, requester, encoder, acceptedAt, endedAt } = operation;
      const who = nameOf(requesterOf(operation));
      return [
        ...[clock(acceptedAt), clock(endedAt), w(`kinds.${kind}`), w(`states.${seenState(operation)}`), cause],
        ...[cause && explainCause(cause, language, explanation), room?.name ?? null, serial, who, requester.account],
        ...[encoder.name ?? encoder.mac, secondsOf(operation), operation.id],
      ];
    };
    return {
      name: `operations-${property.number}-${dayAndTimeAt(serverNow(), timeZone).day}.csv`,
      type: 'text/csv;charset=utf-8',
      async *pieces(signal) {
        yield { text: `${BYTE_ORDER_MARK}${csvLine(COLUMNS.map((name) => t(`csvColumns.${name}`)))}`, rows: 0 };
        let rows = 0;
        const query = { property: id, limit: ROWS_OF_A_PAGE, ...queryOf(search, timeZone) };
        for await (const { data } of keyrack.operations.list(query, { signal }).pages()) {
          rows += data.length;
          yield { text: data.map((operation) => csvLine(cells(operation))).join(''), rows };
        }
      },
    };
  }, [search, property, language, nameOf, t, w]);
}
