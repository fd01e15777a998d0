import { TextInput } from '@mantine/core';
import * as texts from '../entrance/texts.ts';
import { useTexts } from '../texts/texts.ts';
import { readLoginName } from './login-name.ts';

/** Phone or e-mail that somebody will sign in by. */
export function LoginField(props: {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly strict: boolean;
  readonly error?: string | null;
}) {
  const t = useTexts(texts);
  const { value, onChange, strict } = props;
  const { kind } = readLoginName(value);
  const isWhole = kind === 'email' || kind === 'mobile';
  const fault = value.trim() === '' ? t('missing') : isWhole ? null : t('loginWrong');
  return (
    <TextInput
      label={t('login')}
      description={t('loginHint')}
      name="username"
      value={value}
      error={props.error ?? (strict ? fault : null)}
      autoComplete="username"
      autoCapitalize="none"
      spellCheck={false}
      maxLength={254}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    />
  );
}
