export { etagOf, type ResponseFacts, responseOf } from './answers.ts';
export type { CauseName, ProblemName } from './api-operations.ts';
export type { components, operations, paths } from './api-types.ts';
export type { EndOptions, OperationWaits } from './carry-out.ts';
export {
  type Called,
  type ClientOptions,
  createKeyrack,
  type Keyrack,
  type KeyrackOptions,
  type Method,
} from './create-keyrack.ts';
export type { Credential } from './credential.ts';
export type { ExportedRecord, ExportInput, ExportOptions } from './export-audit.ts';
export type { Followed, FollowInput, FollowOptions, KeyrackEvent } from './follow.ts';
export { isOperationFailed, isOperationOpen, type Operation, OperationFailed, OperationOpen } from './operation-end.ts';
export type { Answer, CallOptions, Input, OperationName, OptionsOf } from './operation-types.ts';
export type { Listed, Page } from './pages.ts';
export {
  type FieldError,
  isProblem,
  isRefusal,
  isUnreachable,
  KeyrackProblem,
  KeyrackUnreachable,
  type ProblemBody,
  type UnreachableReason,
} from './problems.ts';
export { VERSION } from './version.ts';
export {
  type Delivered,
  type Delivery,
  type DeliveryFault,
  DeliveryRefused,
  isDeliveryRefused,
  verifyDelivery,
} from './webhooks.ts';
