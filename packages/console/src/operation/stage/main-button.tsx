import { Button } from '@mantine/core';
import { type ReactNode, useEffect, useRef } from 'react';

/** Milliseconds for which a button that has just appeared takes no press: a doubled Enter was meant for what stood there before. */
const SETTLE_MS = 500;

/** The one thing to do next. It takes the focus, and neither a held nor a doubled Enter. */
export function MainButton(props: {
  readonly onPress: () => void;
  readonly hotkey?: string;
  readonly children: ReactNode;
}) {
  const button = useRef<HTMLButtonElement>(null);
  const shownAt = useRef(0);
  useEffect(() => {
    shownAt.current = performance.now();
    button.current?.focus({ preventScroll: true });
  }, []);
  return (
    <Button
      ref={button}
      variant="filled"
      onKeyDown={(event) => {
        if (event.repeat && event.key === 'Enter') event.preventDefault();
      }}
      onClick={() => {
        if (performance.now() - shownAt.current >= SETTLE_MS) props.onPress();
      }}
      rightSection={props.hotkey && <kbd>{props.hotkey}</kbd>}
    >
      {props.children}
    </Button>
  );
}
