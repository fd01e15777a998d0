import { Icon } from '../../icon/icon.tsx';
import { CopyButton } from '../../page/copy-button.tsx';
import { Hidden } from '../../page/page.tsx';
import { Note } from '../../state/note.tsx';
import { useTexts } from '../../texts/texts.ts';
import type { SignedPiece, SignedRequest } from './signed-request.ts';
import * as texts from './texts.ts';
import classes from './workbench.module.css';

const TOKEN = 'authToken';

/** How the signature comes about: the pieces in their order, the text that they make, and its hash. The token stays hidden. */
export function Signing({ request, hasToken }: { readonly request: SignedRequest; readonly hasToken: boolean }) {
  const t = useTexts(texts);
  const { pieces, signature, sig } = request;
  const byA = signature === 'A';
  return (
    <div className={classes.stack}>
      <p className={classes.help}>{t(byA ? 'formA' : 'formB')}</p>
      <p className={classes.text} translate="no">
        {pieces.map((piece, i) => (
          <span key={piece.name}>
            {!byA && i > 0 && <span className={classes.between}>&</span>}
            <Piece piece={piece} number={i + 1} byA={byA} />
          </span>
        ))}
      </p>
      <ol className={classes.pieces}>
        {pieces.map(({ name, value }, i) => (
          <li key={name} data-secret={name === TOKEN}>
            <i aria-hidden="true">{i + 1}</i>
            <span className={classes.mono}>{name}</span>
            {value === '' && <span className={classes.help}> {t('empty')}</span>}
          </li>
        ))}
      </ol>
      <p className={classes.arrow}>
        <Icon name="down" />
        {t(byA ? 'hashA' : 'hashB')}
      </p>
      <div className={classes.sig}>
        <output aria-label={t('signature')} className={classes.mono}>
          {sig}
        </output>
        <CopyButton text={sig} what={t('copySignature')} />
      </div>
      {!hasToken && <Note meaning="warn">{t('noToken')}</Note>}
      <p className={classes.help}>{t('computed')}</p>
      {byA && <p className={classes.help}>{t('replayed')}</p>}
    </div>
  );
}

function Piece(props: { readonly piece: SignedPiece; readonly number: number; readonly byA: boolean }) {
  const t = useTexts(texts);
  const { piece, number, byA } = props;
  const secret = piece.name === TOKEN;
  if (byA && piece.value === '' && !secret) return null;
  return (
    <span className={classes.piece} data-secret={secret} data-odd={number % 2 === 1} title={piece.name}>
      <sup aria-hidden="true">{number}</sup>
      {!byA && `${piece.name}=`}
      {secret ? (
        <>
          <span aria-hidden="true">••••••••</span>
          <Hidden>{t('hidden')}</Hidden>
        </>
      ) : (
        <bdi>{piece.value}</bdi>
      )}
    </span>
  );
}
