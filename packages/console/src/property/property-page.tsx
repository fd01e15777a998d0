import { Columns, Page } from '../page/page.tsx';
import { useSession } from '../session/session.tsx';
import { useTexts } from '../texts/texts.ts';
import { CreateProperty } from './create-property.tsx';
import { DeleteGuest } from './delete-guest.tsx';
import { GuestRule } from './guest-rule.tsx';
import { PropertySettings } from './property-settings.tsx';
import * as texts from './texts.ts';

/** What a house is called, by which clocks it lives, and what it keeps of its guests. */
export function PropertyPage() {
  const t = useTexts(texts);
  const { property, can, me } = useSession();
  return (
    <Page title={t('title')} about={t('about')}>
      <Columns>
        <div>
          <PropertySettings key={property.id} />
          {can('guests.delete') && <GuestRule key={`rule ${property.id}`} />}
        </div>
        <div>
          {can('guests.delete') && <DeleteGuest key={property.id} />}
          {me.person?.owner && <CreateProperty />}
        </div>
      </Columns>
    </Page>
  );
}
