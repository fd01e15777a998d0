const GUEST_DAYS = 30;

/** Makes times to come, as yyMMddHHmm, none of them twice: a guest without a name is told from others by it. */
export function createEndTimes(): () => string {
  let guests = 0;
  return () => {
    guests += 1;
    const end = new Date(Date.now() + GUEST_DAYS * 86_400_000 + guests * 60_000);
    return end.toISOString().slice(2, 16).replaceAll(/\D/g, '');
  };
}
