/** A field as a body spells it. Null where the body says that there is none. */
export type FieldPair = readonly [name: string, value: string | null];
