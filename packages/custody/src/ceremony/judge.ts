import type { Header } from './header.ts';
import { judgeComplaints } from './judge-complaints.ts';
import { agreedKey, look, standingOf } from './look.ts';
import type { Post } from './post.ts';
import type { Standing } from './standing.ts';

/**
 * Where a ceremony stands, from its header and its posts alone, in whatever order they come: every computer finds the
 * same. With `silenceCounts`, the time to answer complaints is over.
 */
export async function judgeCeremony(
  header: Header,
  posts: readonly Post[],
  silenceCounts = false,
): Promise<Standing> {
  const looked = look(header, posts);
  if (looked.over !== null) return looked.over;
  const key = agreedKey(header, looked);
  if (key !== null) return { state: 'complete', key };
  const dispute = await judgeComplaints(header, posts, looked.deals, silenceCounts);
  return dispute ?? standingOf(header, posts, looked);
}
