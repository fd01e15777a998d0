import { Menu } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { Icon } from '../icon/icon.tsx';
import { useSession } from '../session/session.tsx';
import { useTexts } from '../texts/texts.ts';
import type { NavigationPlace } from './places.ts';
import classes from './shell.module.css';
import * as texts from './texts.ts';

/** On a telephone: the places that the bar has no room for, and the other properties. */
export function MoreMenu({ places }: { readonly places: readonly NavigationPlace[] }) {
  const t = useTexts(texts);
  const { me, property, switchTo } = useSession();
  const navigate = useNavigate();
  const others = me.places.filter((place) => place.property.id !== property.id);
  if (places.length === 0 && others.length === 0) return null;
  return (
    <div className={classes.moreMenu}>
      <Menu position="top-end" width={240}>
        <Menu.Target>
          <button type="button" className={classes.moreButton}>
            <Icon name="more" size={20} />
            {t('more')}
          </button>
        </Menu.Target>
        <Menu.Dropdown className={classes.menu}>
          {places.map(({ to, name, icon }) => (
            <Menu.Item key={to} leftSection={<Icon name={icon} />} onClick={() => void navigate({ to })}>
              {t(name)}
            </Menu.Item>
          ))}
          {others.length > 0 && <Menu.Label>{t('switchProperty')}</Menu.Label>}
          {others.map((place) => (
            <Menu.Item
              key={place.property.id}
              onClick={() => {
                switchTo(place.property.id);
                void navigate({ to: '/' });
              }}
            >
              <bdi>{place.property.name}</bdi>
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </div>
  );
}
