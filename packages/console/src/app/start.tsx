import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { keepFocus } from './keep-focus.ts';

const root = document.getElementById('root');
if (root === null) throw new Error('The page has no place for the console');
keepFocus();
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
