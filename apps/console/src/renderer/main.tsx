import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import '@elekto/ui/tokens.css';
import './styles/base.css';
import './styles/shell.css';
import './styles/controls.css';
import './styles/views.css';
import './styles/results.css';
import './styles/print.css';
import { App } from './App.tsx';
import { createHost } from './host/create-host.ts';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root.');
createRoot(root).render(
  <StrictMode>
    <App host={createHost()} />
  </StrictMode>,
);
