import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Entrance } from '../entrance/entrance.tsx';
import { useTexts } from '../texts/texts.ts';
import * as texts from './texts.ts';

/** For an address that no page has. It stands alone, without the navigation: whoever reads it may not be signed in. */
export function Missing() {
  const t = useTexts(texts);
  return (
    <Entrance title={t('missing')} about={t('missingAdvice')}>
      <Button component={Link} to="/" variant="filled" fullWidth mt="lg">
        {t('home')}
      </Button>
    </Entrance>
  );
}
