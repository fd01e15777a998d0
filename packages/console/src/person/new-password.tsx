import * as texts from '../entrance/texts.ts';
import { useTexts } from '../texts/texts.ts';
import { PasswordField } from './password-field.tsx';
import { PASSWORD_LENGTH, type PasswordFault, passwordFault } from './password-rule.ts';

export interface TypedPassword {
  readonly password: string;
  readonly again: string;
}

export const NO_PASSWORD: TypedPassword = { password: '', again: '' };

/** A password that somebody chooses, typed twice. `strict`: what is still empty counts as wrong. */
export function NewPassword(props: {
  readonly value: TypedPassword;
  readonly onChange: (value: TypedPassword) => void;
  readonly strict: boolean;
  readonly first?: boolean;
}) {
  const t = useTexts(texts);
  const { value, onChange, strict, first = false } = props;
  const fault = strict ? passwordFault(value) : null;
  const lengths = { least: String(PASSWORD_LENGTH.least), most: String(PASSWORD_LENGTH.most) };
  const said: Record<PasswordFault, string> = {
    'too-short': t('tooShort', lengths),
    'too-long': t('tooLong', lengths),
    differ: t('differ'),
  };
  return (
    <>
      <PasswordField
        label={t(first ? 'password' : 'newPassword')}
        description={t('passwordHint', lengths)}
        value={value.password}
        error={fault !== null && fault !== 'differ' ? said[fault] : null}
        autoComplete="new-password"
        onChange={({ currentTarget }) => onChange({ ...value, password: currentTarget.value })}
      />
      <PasswordField
        label={t(first ? 'passwordAgain' : 'newPasswordAgain')}
        value={value.again}
        error={fault === 'differ' ? said.differ : null}
        autoComplete="new-password"
        onChange={({ currentTarget }) => onChange({ ...value, again: currentTarget.value })}
      />
    </>
  );
}
