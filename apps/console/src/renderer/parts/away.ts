import { createContext } from 'react';

/** Whether the bar above the page says already that the server cannot be reached: the page then says only what it has not. */
export const AwayIsSaid = createContext(false);
