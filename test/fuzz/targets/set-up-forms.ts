import { checkSetupForm } from '@keyrack/server/console/setup-form.ts';
import { setupFormPage } from '@keyrack/server/console/setup-page.ts';
import { timeZoneChoices } from '@keyrack/server/domain/time-zones.ts';
import { mutateText, type Pool } from '../mutate.ts';
import type { Target } from '../target.ts';

const ZONES = timeZoneChoices(0);

const VALID = new URLSearchParams({
  token: 'a'.repeat(43),
  propertyNumber: '1316879946',
  propertyName: 'Hôtel <Keyrack> & Söhne',
  timeZone: 'Europe/Berlin',
  administratorName: 'Zoë "Z" Müller',
  email: 'zoe@keyrack.example',
  password: 'a long password',
  passwordAgain: 'a long password',
}).toString();

/** What is sent to the set-up page, and the page that shows it again. No value may come back as markup. */
export function setUpForms(pool: Pool): Target {
  return {
    name: 'set-up forms',
    lanes: 1,
    where: 'within',
    slowMs: 1_000,
    next(chance) {
      const text = mutateText(chance, pool, VALID, [VALID]);
      return {
        shown: text,
        feed() {
          const sent = new URLSearchParams(text);
          const checked = checkSetupForm(sent);
          const page = setupFormPage({
            language: 'zh',
            zones: ZONES,
            values: Object.fromEntries(sent),
            problems: checked.ok ? {} : checked.problems,
            wrongToken: false,
          });
          if (page.includes('<script>alert') || page.includes('<Keyrack>')) throw new Error('markup came back');
          return undefined;
        },
      };
    },
    close: async () => {},
  };
}
