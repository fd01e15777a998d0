import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { CONSOLE_FORMS, type ConsoleForm, OTHER_FIELDS } from './testing/console-forms.ts';
import { settled, visitor } from './testing/console-pages.ts';
import { describeConsole } from './testing/describe-console.ts';
import { findBarriers } from './testing/find-barriers.ts';
import { findCrooked } from './testing/find-crooked.ts';

/** What somebody types, or pastes, who means harm or has copied too much. */
const HOSTILE = {
  markup: `"><img src=x onerror="document.title='owned'"><script>document.title='owned'</script> & '`,
  'a mark that turns letters round': 'safe\u202Egnp.exe שלום',
  '10,000 letters': 'W'.repeat(10_000),
  'people of several signs': '👩🏽‍🍳🏨'.repeat(20),
} as const;

/** Types it into every field for text that is seen, as a paste does: past what the field would take of single keys. Tells how many. */
const fillAll = (text: string) => `(() => {
  const fields = [...document.querySelectorAll('#root :is(textarea, input:not([type]), input[type=text], input[type=search], input[type=email], input[type=tel], input[type=password], input[type=url])')]
    .filter((field) => field.checkVisibility() && !field.disabled && !field.readOnly && (field.type === 'search' || field.getAttribute('aria-haspopup') !== 'listbox'));
  for (const field of fields) {
    const { set } = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), 'value');
    set.call(field, ${JSON.stringify(text)});
    field.dispatchEvent(new Event('input', { bubbles: true }));
  }
  // Each form is sent, as Enter in it does; what none stands around hears the key alone.
  const forms = [...new Set(fields.map((field) => field.form))].filter((form) => form !== null);
  for (const form of forms) form.requestSubmit(form.querySelector('button[type=submit]:enabled') ?? undefined);
  const alone = fields.find((field) => field.form === null);
  alone?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
  return { fields: fields.length, forms: forms.length };
})()`;

/** What the page has made of it. A form that is still there says what is wrong, in a note or below a field. */
const seenAfter = (text: string) => `((text) => ({
  title: document.title,
  images: document.querySelectorAll('img[src="x"]').length,
  told: [...document.querySelectorAll('[role=alert], [role=status], [aria-invalid=true]')].filter((part) => part.checkVisibility()).map((part) => part.textContent || part.id),
  unexplained: [...document.querySelectorAll('[aria-invalid=true]')]
    .filter((field) => field.checkVisibility() && !(field.getAttribute('aria-describedby') ?? '').split(' ').some((id) => document.getElementById(id)?.textContent))
    .map((field) => field.labels?.[0]?.textContent ?? field.name),
  // What holds nothing but searches sends nothing, and shows what was found. What the browser itself checks it says beside the field.
  silent: [...document.forms].filter((form) => form.checkVisibility() && (form.noValidate || !form.matches(':invalid')) && [...form.elements].some((field) => field.type !== 'search' && field.value === text)).length,
  busy: document.querySelectorAll('button[data-loading=true]').length,
}))(${JSON.stringify(text)})`;

interface Seen {
  readonly title: string;
  readonly images: number;
  readonly told: string[];
  readonly unexplained: string[];
  readonly silent: number;
  readonly busy: number;
}

async function openForm(visit: ReturnType<typeof visitor>, { page: where, press }: ConsoleForm): Promise<Page> {
  const { page } = await visit(where);
  for (const name of press) {
    const pressed = page.locator('button, [role=menuitem], label, summary').filter({ hasText: name });
    await pressed.or(page.getByRole('button', { name })).filter({ visible: true }).first().click();
  }
  await settled(page);
  return page;
}

test('every file of the console with a field for text is among the forms that are typed into', () => {
  const sources = fileURLToPath(new URL('../../packages/console/src', import.meta.url));
  const fields =
    /<(?:TextInput|Textarea|NumberInput|PasswordInput|PasswordField|LoginField|HolderFields|ContactFields|input)\b/;
  const withFields = readdirSync(sources, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.tsx') && fields.test(readFileSync(join(sources, path), 'utf8')))
    .map((path) => path.replaceAll('\\', '/').replace(/\.tsx$/, ''));
  const shown = Object.values(CONSOLE_FORMS).flatMap((forms) => forms.flatMap(({ shows }) => shows));
  const known = [...shown, ...Object.keys(OTHER_FIELDS)];
  expect(withFields.length).toBeGreaterThan(40);
  expect(withFields.filter((path) => !known.includes(path))).toEqual([]);
  expect(known.filter((path) => !withFields.includes(path))).toEqual([]);
});

describeConsole('what is typed into every field', (open) => {
  test.each(Object.entries(CONSOLE_FORMS))(
    'changes nothing but itself, is refused with what to do, and the page goes on working: %s',
    async (_place, forms) => {
      const house = await open();
      await house.v1.accounts.create({ name: 'Hotel software', properties: [house.property.hotel.property.id] });
      const visit = visitor(house, { size: 'phone' });
      const found: string[] = [];
      for (const form of forms) {
        const name = `${form.page.name} ${form.press.join(' ')}`;
        let page = await openForm(visit, form);
        for (const [what, text] of Object.entries(HOSTILE)) {
          const failed: string[] = [];
          const hear = (response: { status(): number; url(): string }) => {
            if (response.status() >= 500) failed.push(`${response.status()} of ${response.url()}`);
          };
          page.on('response', hear);
          if ((await filled(page, text)).fields === 0) {
            page = await openForm(visit, form);
            const again = await filled(page, text);
            if (again.fields === 0) found.push(`${name}: no field for ${what}`);
          }
          const look = async () => (await page.evaluate(seenAfter(text))) as Seen;
          const isAnswered = async () => {
            const { busy, silent, told } = await look();
            return busy === 0 && (silent === 0 || told.length > 0);
          };
          await expect.poll(isAnswered, { message: `${name} says nothing of ${what}` }).toBe(true);
          await settled(page);
          const seen = await look();
          const says = (...problems: string[]) => found.push(...problems.map((each) => `${name}, ${what}: ${each}`));
          if (seen.title.includes('owned') || seen.images > 0) says('it became a part of the page');
          says(...seen.unexplained.map((field) => `${field} is wrong, and doesn’t say why`));
          says(...failed, ...(await findCrooked(page)));
          page.off('response', hear);
        }
        // Forms of one place are made of the same parts, and to look at all of them takes as long as all the typing.
        if (form === forms[0]) found.push(...(await findBarriers(page)).map((barrier) => `${name}: ${barrier}`));
      }
      expect(found).toEqual([]);
    },
  );
});

async function filled(page: Page, text: string) {
  return (await page.evaluate(fillAll(text))) as { readonly fields: number; readonly forms: number };
}
