import '../shared/no-eval.ts';
import { mount } from '../shared/mount.tsx';
import { readPageData } from '../shared/page-data.ts';
import { Verify } from './Verify.tsx';

mount(<Verify page={readPageData()} />);
