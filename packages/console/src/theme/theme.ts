import { createTheme, type MantineColorsTuple, type VariantColorsResolver } from '@mantine/core';
import { MEANINGS, type Meaning } from './meanings.ts';

const isMeaning = (color: unknown): color is Meaning => (MEANINGS as readonly unknown[]).includes(color);

const shades = (meaning: Meaning) => Array<string>(10).fill(`var(--${meaning}-solid)`) as unknown as MantineColorsTuple;

const variantColors: VariantColorsResolver = ({ color, variant }) => {
  const meaning: Meaning = isMeaning(color) ? color : 'accent';
  const text = `var(--${meaning})`;
  switch (variant) {
    case 'filled':
      return {
        background: `var(--${meaning}-solid)`,
        hover: meaning === 'accent' ? 'var(--accent-press)' : `var(--${meaning}-solid)`,
        color: 'var(--on-solid)',
        border: '1px solid transparent',
      };
    case 'light':
      return { background: `var(--${meaning}-tint)`, hover: `var(--${meaning}-tint)`, color: text, border: 'none' };
    case 'subtle':
    case 'transparent':
      return { background: 'transparent', hover: 'var(--hover)', color: text, border: '1px solid transparent' };
    default:
      return {
        background: 'var(--raised)',
        hover: 'var(--hover)',
        color: isMeaning(color) && color !== 'accent' ? text : 'var(--ink)',
        border: '1px solid var(--line-strong)',
      };
  }
};

/** Sizes, colours and manners of Mantine's parts. Contrast comes from tokens.css alone, never from shades. */
export const theme = createTheme({
  colors: Object.fromEntries(MEANINGS.map((meaning) => [meaning, shades(meaning)])),
  primaryColor: 'accent',
  variantColorResolver: variantColors,
  fontFamily: 'var(--sans)',
  defaultRadius: 'md',
  focusRing: 'auto',
  focusClassName: 'focus',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Button: { defaultProps: { variant: 'default', size: 'sm' } },
    // Beside each other, fields line up: what explains one stands below it.
    InputWrapper: { defaultProps: { inputWrapperOrder: ['label', 'input', 'error', 'description'] } },
    Switch: { defaultProps: { color: 'good', withThumbIndicator: false } },
    // A name is read in its own direction while it is typed, too.
    TextInput: { defaultProps: { size: 'sm', dir: 'auto' } },
    Textarea: { defaultProps: { dir: 'auto' } },
    // What somebody typed finds, Enter takes.
    Select: {
      defaultProps: {
        size: 'sm',
        selectFirstOptionOnChange: true,
        comboboxProps: { shadow: 'md', transitionProps: { duration: 0 } },
      },
    },
    Menu: { defaultProps: { shadow: 'md', transitionProps: { duration: 0 } } },
    Tooltip: { defaultProps: { openDelay: 300, transitionProps: { duration: 0 } } },
  },
});
