import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './styles/all.css';
import { App } from './App.tsx';
import { createHost } from './host/create-host.ts';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root.');
createRoot(root).render(
  <StrictMode>
    <App host={createHost()} />
  </StrictMode>,
);
