import { PasswordInput, type PasswordInputProps } from '@mantine/core';
import * as texts from '../entrance/texts.ts';
import { useTexts } from '../texts/texts.ts';

/**
 * A field for a password, which can be shown while it is typed. Mantine's doesn't tell screen readers that it is wrong, as its other
 * fields do.
 */
export function PasswordField(props: PasswordInputProps) {
  const t = useTexts(texts);
  return (
    <PasswordInput
      visibilityToggleButtonProps={{ 'aria-label': t('showIt') }}
      {...props}
      {...(props.error && { 'aria-invalid': true })}
    />
  );
}
