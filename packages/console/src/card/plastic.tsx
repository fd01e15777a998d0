import classes from './card-list.module.css';

/** How a card is drawn: out, struck through where it stops, and so on. Words beside it say the same. */
export type PlasticLook = 'out' | 'stops' | 'out-of-use' | 'lost' | 'pending' | 'upcoming' | 'done';

export function Plastic({ look }: { readonly look: PlasticLook }) {
  return <i className={classes.plastic} data-look={look} aria-hidden="true" />;
}

/** The end of a serial, which people compare with what is printed or read. */
export function SerialEnd({ serial }: { readonly serial: string | null }) {
  return <span className={classes.serial}>{serial === null ? '…' : `…${serial.slice(-4)}`}</span>;
}
