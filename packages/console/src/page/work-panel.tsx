import { Button } from '@mantine/core';
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react';
import { Icon } from '../icon/icon.tsx';
import { useTexts } from '../texts/texts.ts';
import { Panel } from './page.tsx';
import * as texts from './texts.ts';

/** Where something is added, imported or exported, above what it is about. It takes the focus, and Esc closes it. */
export function WorkPanel(props: {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}) {
  const t = useTexts(texts);
  const frame = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const first = frame.current?.querySelector<HTMLElement>('[data-autofocus], input, select, textarea, button');
    first?.focus();
  }, []);
  const keyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && !event.defaultPrevented) props.onClose();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Esc works from any field within.
    <div ref={frame} onKeyDown={keyDown}>
      <Panel
        title={props.title}
        label={props.title}
        end={
          <Button size="xs" variant="subtle" leftSection={<Icon name="no" size={12} />} onClick={props.onClose}>
            {t('close')}
          </Button>
        }
      >
        {props.children}
      </Panel>
    </div>
  );
}
