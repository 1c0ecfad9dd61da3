import { mount } from '../shared/mount.tsx';
import { readPageData } from '../shared/page-data.ts';
import { Exception } from './Exception.tsx';

mount(<Exception page={readPageData()} />);
