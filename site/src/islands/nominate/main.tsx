import '../shared/no-eval.ts';
import { mount } from '../shared/mount.tsx';
import { readPageData } from '../shared/page-data.ts';
import { Nominate } from './Nominate.tsx';

mount(<Nominate page={readPageData()} />);
