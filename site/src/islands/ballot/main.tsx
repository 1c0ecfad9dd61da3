import { mount } from '../shared/mount.tsx';
import { readPageData } from '../shared/page-data.ts';
import type { BallotPageData, BallotTexts } from '../shared/page-data.ts';
import { App } from './App.tsx';

mount(<App page={readPageData<BallotPageData, BallotTexts>()} />);
