import { keepPicture } from '@elekto/testing';
import type { Page } from 'playwright-core';

/** Keeps a picture of the whole page in `artifacts/site`, where pictures are kept. */
export const shot = (page: Page, name: string): Promise<void> => keepPicture(page, `site/${name}`);

export const PHONE = { width: 360, height: 740 } as const;
export const DESK = { width: 1280, height: 800 } as const;
