import { PasswordInput, type PasswordInputProps } from '@mantine/core';
import * as texts from '../entrance/texts.ts';
import { useTexts } from '../texts/texts.ts';

/** A field for a password, which can be shown while it is typed. */
export function PasswordField(props: PasswordInputProps) {
  const t = useTexts(texts);
  return <PasswordInput visibilityToggleButtonProps={{ 'aria-label': t('showIt') }} {...props} />;
}
