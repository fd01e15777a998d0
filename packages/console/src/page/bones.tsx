import { useEffect, useState } from 'react';
import { useTexts } from '../texts/texts.ts';
import classes from './bones.module.css';
import * as texts from './texts.ts';

/** Milliseconds for which nothing is shown: most answers are there before. */
const QUIET_MS = 200;

/** Stands where rows will be, while they are asked for. */
export function Bones({ rows = 6 }: { readonly rows?: number }) {
  const t = useTexts(texts);
  const [shown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), QUIET_MS);
    return () => clearTimeout(timer);
  }, []);
  if (!shown) return <div className={classes.quiet} />;
  return (
    <div className={classes.bones} role="status" aria-label={t('loading')}>
      {Array.from({ length: rows }, (_, row) => row).map((row) => (
        <div key={row} className={classes.bone} />
      ))}
    </div>
  );
}
