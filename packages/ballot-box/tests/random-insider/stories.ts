/** What is done at random, and plots: the strongest that is known, among everything else. */
import fc from 'fast-check';
import { TABLES } from '../rows.ts';
import type { TableName } from '../rows.ts';
import type { Act } from './hostile.ts';
import type { Deed } from './honest.ts';
import { VOTERS } from './truth.ts';

const who = fc.nat(VOTERS);
const likesAda = fc.boolean();
const one = <D extends Deed['deed']>(name: D) => fc.constant({ deed: name } as Extract<Deed, { deed: D }>);
const cast = fc.record({ deed: fc.constant('cast' as const), who, likesAda });
const castOf = (own: number) =>
  fc.record({ deed: fc.constant('cast' as const), who: fc.constant(own), likesAda });
const withdraw = fc.record({ deed: fc.constant('withdraw' as const), who });

const resend = fc.record({ deed: fc.constant('resend' as const), which: fc.nat(5) });
const own = (deed: 'withdraw' | 'view') => (who: number) => fc.constant({ deed, who });
const recastOf = (who: number) =>
  fc.record({ deed: fc.constant('recast' as const), who: fc.constant(who), likesAda });

export const deed: fc.Arbitrary<Deed> = fc.oneof(
  { weight: 10, arbitrary: cast },
  { weight: 4, arbitrary: fc.record({ deed: fc.constant('recast' as const), who, likesAda }) },
  { weight: 4, arbitrary: withdraw },
  { weight: 3, arbitrary: fc.record({ deed: fc.constant('view' as const), who }) },
  { weight: 1, arbitrary: fc.record({ deed: fc.constant('status' as const), who }) },
  { weight: 2, arbitrary: fc.record({ deed: fc.constant('on-off-roll' as const), who }) },
  { weight: 3, arbitrary: one('intrude') },
  { weight: 2, arbitrary: one('plead') },
  { weight: 3, arbitrary: one('decide') },
  { weight: 2, arbitrary: one('extend') },
  { weight: 2, arbitrary: one('shorten') },
  { weight: 2, arbitrary: one('wait') },
  { weight: 1, arbitrary: one('stand-down') },
  { weight: 1, arbitrary: one('strike') },
  { weight: 2, arbitrary: one('restart') },
  { weight: 1, arbitrary: one('checkpoint') },
  { weight: 2, arbitrary: one('new-server') },
  { weight: 1, arbitrary: one('wrong-keys') },
  { weight: 1, arbitrary: one('close-early') },
  { weight: 3, arbitrary: resend },
  { weight: 1, arbitrary: one('accept-clock') },
  { weight: 1, arbitrary: one('rehearse') },
  { weight: 1, arbitrary: one('say-ready') },
);

const BELONG_TOGETHER: readonly (readonly TableName[])[] = [
  ['participation', 'ballot_box'],
  ['participation', 'ballot_box', 'election'],
  ['participation', 'ballot_box', 'roll_binding'],
  ['participation', 'ballot_box', 'checkpoint'],
  ['participation', 'roll_binding'],
  ['election'],
  ['election', 'audit_event'],
  ['participation'],
  ['ballot_box'],
  ['result'],
  ['result', 'election', 'audit_event'],
  ['exception_request'],
  ['exception_request', 'audit_event'],
  ['audit_event'],
  ['roll_binding'],
  ['user_account', 'session'],
  ['voided_participation'],
  ['released_record'],
  ['released_record', 'participation', 'ballot_box'],
  ['participation', 'roll_binding', 'ballot_box', 'released_record'],
  ['note'],
  ['board_post'],
  ['board_file'],
  ['installation'],
  TABLES,
];

/** Those that decide most, most often. */
const table = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constantFrom<TableName>('participation', 'roll_binding', 'election', 'exception_request'),
  },
  { weight: 1, arbitrary: fc.constantFrom<TableName>(...TABLES) },
);
const place = fc.nat(20);
const back = fc.integer({ min: 1, max: 6 });

export const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      act: fc.constant('put-back' as const),
      back,
      tables: fc.constantFrom(...BELONG_TOGETHER),
    }),
  },
  { weight: 4, arbitrary: fc.record({ act: fc.constant('put-row-back' as const), back, table, row: place }) },
  {
    weight: 8,
    arbitrary: fc.record({
      act: fc.constant('edit' as const),
      table,
      row: place,
      other: place,
      column: place,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      act: fc.constant('swap' as const),
      table,
      row: place,
      other: place,
      column: place,
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ act: fc.constant('copy' as const), table, row: place, other: place, back }),
  },
  { weight: 3, arbitrary: fc.record({ act: fc.constant('delete' as const), table, row: place }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('empty' as const), table }) },
  {
    weight: 3,
    arbitrary: fc.record({
      act: fc.constant('forge' as const),
      table: fc.constantFrom(
        'participation' as const,
        'roll_binding' as const,
        'voided_participation' as const,
      ),
      row: place,
      other: place,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ act: fc.constant('forge-record' as const), row: place, other: place }),
  },
);

const putBack = (...tables: TableName[]) =>
  fc.record({
    act: fc.constant('put-back' as const),
    back: fc.integer({ min: 1, max: 3 }),
    tables: fc.constant(tables),
  });
const putRowBack = (name: TableName) =>
  fc.record({ act: fc.constant('put-row-back' as const), back, table: fc.constant(name), row: place });
const edit = (name: TableName) =>
  fc.record({
    act: fc.constant('edit' as const),
    table: fc.constant(name),
    row: place,
    other: place,
    column: place,
  });
const swap = (name: TableName) =>
  fc.record({
    act: fc.constant('swap' as const),
    table: fc.constant(name),
    row: place,
    other: place,
    column: place,
  });
/** The login, the reason or the status of two requests. */
const swapWords = fc.record({
  act: fc.constant('swap' as const),
  table: fc.constant<TableName>('exception_request'),
  row: fc.constant(0),
  other: fc.constant(1),
  column: fc.constantFrom(13, 5, 17),
});
const copy = (name: TableName) =>
  fc.record({ act: fc.constant('copy' as const), table: fc.constant(name), row: place, other: place, back });
const remove = (name: TableName) =>
  fc.record({ act: fc.constant('delete' as const), table: fc.constant(name), row: place });
const forge = (name: 'participation' | 'roll_binding' | 'voided_participation') =>
  fc.record({ act: fc.constant('forge' as const), table: fc.constant(name), row: place, other: place });
const forgeRecord = fc.record({ act: fc.constant('forge-record' as const), row: place, other: place });

/** Steps of one intention, in their order; anything may come between them. */
export const plot: fc.Arbitrary<readonly (Deed | Act)[]> = fc.oneof(
  // A vote is taken back.
  fc.tuple(cast, putBack('participation', 'ballot_box')),
  fc.tuple(cast, putBack('participation', 'ballot_box', 'election', 'checkpoint')),
  fc.tuple(cast, withdraw, putRowBack('participation')),
  // Somebody is kept from their own ballot.
  {
    weight: 3,
    arbitrary: who.chain((own) =>
      fc.tuple(castOf(own), edit('participation'), fc.constant({ deed: 'view' as const, who: own })),
    ),
  },
  // Somebody votes twice.
  fc.tuple(cast, edit('participation'), cast),
  fc.tuple(cast, remove('participation'), cast),
  fc.tuple(cast, withdraw, copy('participation')),
  fc
    .tuple(who, who)
    .chain(([gone, twice]) =>
      fc.tuple(
        castOf(gone),
        fc.constant({ deed: 'withdraw' as const, who: gone }),
        castOf(twice),
        remove('participation'),
        castOf(twice),
        putRowBack('participation'),
      ),
    ),
  fc.tuple(cast, cast, swap('participation')),
  // A ballot that was taken back comes again, or nobody shall know that its voter signed for it.
  {
    weight: 2,
    arbitrary: who.chain((one) =>
      fc.tuple(castOf(one), own('withdraw')(one), putBack('roll_binding'), resend),
    ),
  },
  fc.tuple(cast, withdraw, resend, resend),
  {
    weight: 2,
    arbitrary: who.chain((one) =>
      fc.tuple(castOf(one), recastOf(one), own('withdraw')(one), remove('released_record')),
    ),
  },
  who.chain((one) => fc.tuple(castOf(one), recastOf(one), recastOf(one), putBack('released_record'))),
  who.chain((one) => fc.tuple(castOf(one), recastOf(one), edit('released_record'))),
  who.chain((one) => fc.tuple(castOf(one), edit('roll_binding'), own('withdraw')(one), resend)),
  // What the servers keep for each other.
  fc.tuple(one('accept-clock'), one('wait'), one('accept-clock'), putBack('note')),
  fc.tuple(one('accept-clock'), edit('note'), one('rehearse')),
  fc.tuple(one('say-ready'), edit('board_post'), one('restart')),
  fc.tuple(copy('board_post'), remove('board_post'), one('restart')),
  // Somebody votes who may not.
  fc.tuple(forge('roll_binding'), one('intrude')),
  fc.tuple(forge('roll_binding'), one('restart'), one('intrude')),
  fc.tuple(cast, edit('roll_binding'), one('restart'), one('intrude')),
  fc.tuple(one('plead'), edit('exception_request'), one('decide'), one('intrude')),
  fc.tuple(one('plead'), swap('exception_request'), one('decide'), one('intrude')),
  fc.tuple(one('plead'), swapWords, one('decide'), one('intrude')),
  fc.tuple(edit('election'), one('intrude')),
  fc.tuple(swap('user_account'), cast, one('intrude')),
  fc.tuple(one('decide'), edit('office'), one('intrude')),
  // The end moves.
  fc.tuple(one('extend'), putBack('election'), one('wait')),
  fc.tuple(one('shorten'), putBack('election', 'audit_event'), one('wait'), cast),
  // Others stand, or may vote, than the files say.
  fc.tuple(one('stand-down'), one('strike'), putBack('election', 'audit_event')),
  fc.tuple(fc.record({ deed: fc.constant('on-off-roll' as const), who }), putBack('election', 'audit_event')),
  fc.tuple(cast, one('restart'), putBack('election', 'ballot_box', 'participation', 'roll_binding')),
  // Nobody shall know.
  fc.tuple(one('extend'), forgeRecord),
  fc.tuple(forgeRecord, one('extend')),
  fc.tuple(one('extend'), edit('audit_event')),
  // The server starts where it should not.
  { weight: 3, arbitrary: fc.tuple(edit('installation'), one('new-server')) },
  fc.tuple(remove('installation'), one('new-server')),
  fc.tuple(putBack(...TABLES), one('new-server')),
);

/** After the close: before the count, the decision of a tie, the publication, the last look. */
export const latePlot = fc.oneof(
  fc.tuple(fc.record({ before: fc.integer({ min: 4, max: 5 }), act: putBack('result') })),
  fc.tuple(fc.record({ before: fc.integer({ min: 3, max: 5 }), act: edit('result') })),
  fc.tuple(fc.record({ before: fc.integer({ min: 1, max: 5 }), act: putBack('election', 'audit_event') })),
  fc.tuple(fc.record({ before: fc.constant(2), act: edit('participation') })),
  fc.tuple(fc.record({ before: fc.constant(2), act: edit('audit_event') })),
  // Once officers were given a box.
  {
    weight: 4,
    arbitrary: fc.tuple(fc.record({ before: fc.integer({ min: 3, max: 5 }), act: edit('board_file') })),
  },
  fc.tuple(fc.record({ before: fc.integer({ min: 3, max: 5 }), act: remove('board_file') })),
);
