import { Menu } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { Icon } from '../icon/icon.tsx';
import { useSession } from '../session/session.tsx';
import { useTexts } from '../texts/texts.ts';
import icon from '../theme/icon.svg';
import classes from './shell.module.css';
import * as texts from './texts.ts';

/** Which property this tab shows; a menu for who has several. */
export function PropertyMenu() {
  const t = useTexts(texts);
  const { property, me, switchTo } = useSession();
  const navigate = useNavigate();
  const content = (
    <>
      <img src={icon} alt="" width="28" height="28" />
      <span className={classes.grow}>
        <b>
          <bdi>{property.name}</bdi>
        </b>
        <span className={classes.small}>{property.number}</span>
      </span>
    </>
  );
  if (me.places.length < 2) return <div className={classes.property}>{content}</div>;
  return (
    <Menu position="bottom-start" width={260}>
      <Menu.Target>
        <button type="button" className={classes.property} title={t('switchProperty')}>
          {content}
          <Icon name="down" />
        </button>
      </Menu.Target>
      <Menu.Dropdown className={classes.menu}>
        {me.places.map((place) => (
          <Menu.Item
            key={place.property.id}
            aria-current={place.property.id === property.id}
            rightSection={place.property.id === property.id ? <Icon name="ok" /> : null}
            onClick={() => {
              switchTo(place.property.id);
              void navigate({ to: '/' });
            }}
          >
            <bdi>{place.property.name}</bdi>
            <span className={classes.small}> {t(place.role)}</span>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
