import type { Refusal } from '../domain/authorise.ts';
import { explain } from '../domain/causes.ts';
import type { Answer, AnswerWith } from '../requests/answers.ts';
import type { Reply, ReplyData } from './exchange.ts';
import type { FormResult } from './form.ts';
import { explainHeader, type HeaderError } from './header-error.ts';
import { explainParameter, type ParameterError } from './parameter-error.ts';
import { type RoomCardEndpoint, STATUS_CODES, type StatusName, statusOfCause } from './status-codes.ts';

/** The body of an answer (docs/room-card-api.md, "Answers"), its keys in the published order. */
export function envelope(status: StatusName, message: string | null, data: ReplyData | null = null): string {
  const { status: code, info } = STATUS_CODES[status];
  return JSON.stringify({ status: code, info, ...(message !== null && { message }), ...(data !== null && { data }) });
}

export function replySuccess(data: ReplyData): Reply {
  return { status: 'success', message: null, data, operation: null, cause: null };
}

/** A refusal that the table itself explains. */
export function replyStatus(status: Exclude<StatusName, 'success'>): Reply {
  return { status, message: STATUS_CODES[status].message, data: null, operation: null, cause: null };
}

export function replyParameter(error: ParameterError): Reply {
  return { status: 'parameter', message: explainParameter(error), data: null, operation: null, cause: null };
}

export function replyHeader(error: HeaderError): Reply {
  return { status: 'media-type', message: explainHeader(error), data: null, operation: null, cause: null };
}

export function replyForm(result: FormResult & { readonly ok: false }): Reply {
  switch (result.fault) {
    case 'parameter':
      return replyParameter(result.error);
    case 'media-type':
      return replyHeader(result.error);
    case 'too-large':
      return replyStatus('too-large');
  }
}

export function replyRefusal(endpoint: RoomCardEndpoint, { cause, facts }: Refusal): Reply {
  return { status: statusOfCause(endpoint, cause), message: explain(cause, facts), data: null, operation: null, cause };
}

/** What became of an operation, in the words of this API. */
export function replyAnswer(endpoint: RoomCardEndpoint, answer: Answer): Reply {
  switch (answer.outcome) {
    case 'succeeded':
      return { status: 'success', message: null, data: null, operation: answer.operation, cause: null };
    case 'refused':
      return replyRefusal(endpoint, answer.refusal);
    case 'failed':
      return { ...replyRefusal(endpoint, answer.refusal), operation: answer.operation };
    case 'open':
      return { ...replyRefusal(endpoint, answer.refusal), status: 'open', operation: answer.operation };
  }
}

/** The same for operations whose success tells something. */
export function replyAnswerWith<T>(
  endpoint: RoomCardEndpoint,
  answer: AnswerWith<T>,
  dataOf: (value: T) => ReplyData,
  messageOf: (value: T) => string | null = () => null,
): Reply {
  const reply = replyAnswer(endpoint, answer);
  return answer.outcome === 'succeeded'
    ? { ...reply, message: messageOf(answer.value), data: dataOf(answer.value) }
    : reply;
}

/** A list, or that there is nothing to list (docs/room-card-api.md, "Status codes": 5118). */
export function replyList(
  list: readonly ReplyData[],
  dataOf = (filled: readonly ReplyData[]): ReplyData => filled,
): Reply {
  return list.length === 0 ? replyStatus('no-data') : replySuccess(dataOf(list));
}
