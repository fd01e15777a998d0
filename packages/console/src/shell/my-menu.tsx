import { Menu, useMantineColorScheme } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { Icon } from '../icon/icon.tsx';
import { useSession } from '../session/session.tsx';
import { useSignOut } from '../session/use-sign-out.ts';
import { useLanguage } from '../texts/language.tsx';
import { useTexts } from '../texts/texts.ts';
import { initialsOf } from './initials.ts';
import classes from './shell.module.css';
import * as texts from './texts.ts';

/** Who one is, and what one likes: language, theme, account, the way out. */
export function MyMenu() {
  const t = useTexts(texts);
  const { me, role } = useSession();
  const { language, choose } = useLanguage();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const navigate = useNavigate();
  const leave = useSignOut();
  const chosen = (is: boolean) => (is ? <Icon name="ok" /> : null);
  return (
    <Menu position="top-start" width={220}>
      <Menu.Target>
        <button type="button" className={classes.me}>
          <span className={classes.face} aria-hidden="true">
            {initialsOf(me.name)}
          </span>
          <span className={classes.grow}>
            <b>
              <bdi>{me.name}</bdi>
            </b>
            <span className={classes.small}>{t(role)}</span>
          </span>
          <Icon name="more" />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<Icon name="key" />} onClick={() => void navigate({ to: '/account' })}>
          {t('account')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Label>{t('language')}</Menu.Label>
        <Menu.Item lang="en" rightSection={chosen(language === 'en')} onClick={() => choose('en')}>
          {t('english')}
        </Menu.Item>
        <Menu.Item lang="zh-CN" rightSection={chosen(language === 'zh')} onClick={() => choose('zh')}>
          {t('chinese')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Label>{t('theme')}</Menu.Label>
        <Menu.Item rightSection={chosen(colorScheme === 'auto')} onClick={() => setColorScheme('auto')}>
          {t('system')}
        </Menu.Item>
        <Menu.Item rightSection={chosen(colorScheme === 'light')} onClick={() => setColorScheme('light')}>
          {t('light')}
        </Menu.Item>
        <Menu.Item rightSection={chosen(colorScheme === 'dark')} onClick={() => setColorScheme('dark')}>
          {t('dark')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item onClick={leave}>{t('signOut')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
