/** Something that whoever runs the bench can mend. Its message says what, and how. */
export class BenchError extends Error {}
