import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCandidate } from './read-candidate.ts';

const DASHES = '-'.repeat(61);
const HEADER = 'name: Ada Lovelace\nID: ada\ninfo:\n  - employer: Analytical Engines\n  - slack: ada';
const BIO = '\n## What I have done\n\nNotes.\n';

const read = (text: string, file = 'elections/x/candidate-ada.md') => readCandidate(file, text);
/** What was said, as `severity line:column code`. */
const said = (text: string, file?: string): string[] =>
  read(text, file).diagnostics.map((d) => `${d.severity} ${d.line}:${d.column} ${d.code}`);
const header = (body: string): string => `${DASHES}\n${body}\n${DASHES}\n${BIO}`;

describe('a candidate file as the template has it', () => {
  it('gives name, ID, fields in order and the bio, without a word', () => {
    const { candidate, diagnostics } = read(header(HEADER));
    expect(candidate).toEqual({
      id: 'ada',
      name: 'Ada Lovelace',
      fields: [
        { name: 'employer', value: 'Analytical Engines' },
        { name: 'slack', value: 'ada' },
      ],
      bio: BIO,
      file: 'elections/x/candidate-ada.md',
    });
    expect(diagnostics).toEqual([]);
  });
});

describe('the lines of dashes', () => {
  it.each([46, 49, 50, 61, 3, 80])('may be %i long, opening and closing differing', (length) => {
    const text = `${'-'.repeat(length)}\n${HEADER}\n${'-'.repeat(61)}\n${BIO}`;
    expect(read(text).candidate).toMatchObject({ name: 'Ada Lovelace', bio: BIO });
    expect(said(text)).toEqual([]);
  });

  it('may be what an editor made of hyphens', () => {
    expect(read(`\u2014\u2014\u2014\u2014\n${HEADER}\n\u2014\u2014\u2014\n${BIO}`).candidate).toMatchObject({
      id: 'ada',
      bio: BIO,
    });
  });

  it('may have white space behind them and blank lines before and within', () => {
    const text = `\n\n${DASHES}  \n\nname: Ada\n\nID: ada\n\ninfo:\n\n- employer: X\n\n${DASHES} \n${BIO}`;
    expect(read(text).candidate).toMatchObject({
      name: 'Ada',
      fields: [{ name: 'employer', value: 'X' }],
      bio: BIO,
    });
    expect(said(text)).toEqual([]);
  });

  it('may be missing above the header, with a warning', () => {
    const text = `${HEADER}\n${DASHES}\n${BIO}`;
    expect(read(text).candidate).toMatchObject({ id: 'ada', bio: BIO });
    expect(said(text)).toEqual(['warning 1:1 candidate-header-unopened']);
  });

  it('may be missing below the header, with a warning at its last line', () => {
    const text = `${DASHES}\n${HEADER}\n${BIO}`;
    expect(read(text).candidate).toMatchObject({ id: 'ada', bio: BIO });
    expect(said(text)).toEqual(['warning 6:1 candidate-header-unclosed']);
  });

  it('may both be missing', () => {
    expect(read(`${HEADER}\n${BIO}`).candidate).toMatchObject({
      name: 'Ada Lovelace',
      id: 'ada',
      bio: BIO,
    });
  });

  it('are asked for when there is no header at all, at the first line of text', () => {
    expect(read('\n\n#### Name\nAda\n').candidate).toBeNull();
    expect(said('\n\n#### Name\nAda\n')).toEqual(['error 3:1 candidate-header-missing']);
    expect(said('')).toEqual(['error 1:1 candidate-header-missing']);
  });
});

describe('what stands around the header', () => {
  it('may be a byte order mark', () => {
    expect(read(`\ufeff${header(HEADER)}`).candidate?.name).toBe('Ada Lovelace');
    expect(said(`\ufeff${header(HEADER)}`)).toEqual(['warning 1:1 byte-order-mark']);
  });

  it('may be a code fence inside the dashes', () => {
    const text = `${DASHES}\n\`\`\`\n${HEADER}\n\`\`\`\n${DASHES}\n${BIO}`;
    expect(read(text).candidate).toMatchObject({ id: 'ada', bio: BIO });
    expect(said(text)).toEqual([
      'warning 2:1 candidate-header-fenced',
      'warning 8:1 candidate-header-fenced',
    ]);
  });

  it('may be a code fence around the dashes', () => {
    const text = `\`\`\`yaml\n${DASHES}\n${HEADER}\n${DASHES}\n\`\`\`\n${BIO}`;
    expect(read(text).candidate).toMatchObject({ id: 'ada', bio: BIO });
  });

  it('may be a comment, which the bio keeps', () => {
    expect(read(`<!-- Copy this\nfile. -->\n${header(HEADER)}`).candidate).toMatchObject({
      id: 'ada',
      bio: `<!-- Copy this\nfile. -->\n${BIO}`,
    });
  });

  it('may end its lines with CR LF', () => {
    const text = header(HEADER).replaceAll('\n', '\r\n');
    expect(read(text).candidate).toMatchObject({ name: 'Ada Lovelace', bio: BIO });
    expect(said(text)).toEqual([]);
  });
});

describe('a header on one line', () => {
  it('is taken apart, at its columns', () => {
    const text = `---\n\nname: Scott Nichols ID: n3wscott info:\n\n- affiliation: VMware\n\n---\n${BIO}`;
    expect(read(text, 'candidate-n3wscott.md').candidate).toMatchObject({
      name: 'Scott Nichols',
      id: 'n3wscott',
      fields: [{ name: 'affiliation', value: 'VMware' }],
      bio: BIO,
    });
    expect(said(text, 'candidate-n3wscott.md')).toEqual(['warning 3:1 candidate-header-one-line']);
  });

  it('is read without any dashes', () => {
    const text = `name: Mauricio ID: salaboy info: [site](https://a.example)\n\nI am a lead.\n\n---\n\nMore.\n`;
    const { candidate } = read(text, 'candidate-salaboy.md');
    expect(candidate).toMatchObject({
      name: 'Mauricio',
      id: 'salaboy',
      fields: [{ name: '', value: '[site](https://a.example)' }],
    });
    expect(candidate?.bio).toBe('\nI am a lead.\n\n---\n\nMore.\n');
  });
});

describe('the ID', () => {
  it.each([
    ['ID: @ada', ['warning 3:5 candidate-id-decorated']],
    ['ID: [@ada](https://github.com/ada)', ['warning 3:5 candidate-id-decorated']],
    ['ID: https://github.com/ada', ['warning 3:5 candidate-id-decorated']],
    ['ID:\tada', []],
    ['ID: \tada\t', []],
    ["ID: 'ada'", []],
    ['id: ada', ['warning 3:1 candidate-key-spelling']],
    ['ID:ada', ['warning 3:3 yaml-colon']],
  ])('is read from "%s"', (line, expected) => {
    const text = header(`name: Ada\n${line}\ninfo:\n  - employer: X`);
    expect(read(text).candidate).toMatchObject({
      name: 'Ada',
      id: 'ada',
      fields: [{ name: 'employer', value: 'X' }],
    });
    expect(said(text)).toEqual(expected);
  });

  it.each(
    ['249043822', 'on', 'null', '007', '1e3', 'true', '0x1f', '2024-01-01', '.5'].filter(
      (id) => !id.startsWith('.'),
    ),
  )('is the text %s and nothing else', (id) => {
    expect(read(header(`name: Ada\nID: ${id}`), `candidate-${id}.md`).candidate?.id).toBe(id);
  });

  it('counts when it differs from the name of the file, with a warning', () => {
    expect(read(header(HEADER), 'candidate-countess.md').candidate?.id).toBe('ada');
    expect(said(header(HEADER), 'candidate-countess.md')).toEqual(['warning 3:5 candidate-id-file-name']);
  });

  it('is not told from the name of the file by case', () => {
    expect(said(header(HEADER), 'candidate-ADA.md')).toEqual([]);
  });

  it('is taken from the name of the file when the header has none', () => {
    expect(read(header('name: Ada')).candidate?.id).toBe('ada');
    expect(said(header('name: Ada\nID:'))).toEqual(['warning 3:4 candidate-id-missing']);
  });

  it('is asked for when neither has it', () => {
    expect(said(header('name: Ada'), 'candidate-.md')).toEqual(['error 1:1 candidate-id-missing']);
  });

  it.each(['../../etc/passwd', '..', 'a/b', 'a\\b', 'a\u0000b', '.hidden'])('is refused as %j', (id) => {
    expect(read(header(`name: Ada\nID: "${id.replaceAll('\\', '\\\\')}"`), 'x.md').candidate).toBeNull();
    expect(said(header(`name: Ada\nID: "${id.replaceAll('\\', '\\\\')}"`), 'x.md').at(-1)).toContain(
      'error 3:5 candidate-id-invalid',
    );
  });

  it("is refused when it is still the template's", () => {
    expect(said(header('name: Ada\nID: GitHubID'), 'x.md')).toEqual(['error 3:5 candidate-placeholder']);
  });
});

describe('the name', () => {
  it.each([
    ['Marko Mudrinić', 'Marko Mudrinić'],
    ['Paco Xu 徐俊杰', 'Paco Xu 徐俊杰'],
    ['Zoë 🦀 O’Brien', 'Zoë 🦀 O’Brien'],
    ['"Ada \\"Countess\\" Lovelace"', 'Ada "Countess" Lovelace'],
    ['"Ada" Lovelace', '"Ada" Lovelace'],
    ["Ada O'Neil", "Ada O'Neil"],
    ["'Ada' Lovelace", "'Ada' Lovelace"],
    ['Ada: the Countess', 'Ada: the Countess'],
    ['@ada', '@ada'],
    ['`ada`', '`ada`'],
    ['*Ada* Lovelace', '*Ada* Lovelace'],
    ['[Ada](https://a.example)', '[Ada](https://a.example)'],
    ['null', 'null'],
    ['Null', 'Null'],
    ['On', 'On'],
    ['007', '007'],
    ['Ada   \u200b', 'Ada'],
    ['Ada Lovelace  ', 'Ada Lovelace'],
    ['<b>Ada</b> & co', '<b>Ada</b> & co'],
    ['|\n  Ada Lovelace', 'Ada Lovelace'],
    ['Ada\n  Lovelace', 'Ada Lovelace'],
    ['100% Ada', '100% Ada'],
    ['%Ada', '%Ada'],
    ['- Ada', '- Ada'],
    ['[Ada, Countess] of Lovelace', '[Ada, Countess] of Lovelace'],
    ['{Ada}', '{Ada}'],
  ])('is never lost: %j', (written, name) => {
    expect(read(header(`name: ${written}\nID: ada\ninfo:\n  - employer: X`)).candidate).toMatchObject({
      name,
      id: 'ada',
    });
  });

  it.each(['Name', 'NAME', '"name"'])('is read from the key %s', (key) => {
    expect(read(header(`${key}: Ada\nID: ada`)).candidate?.name).toBe('Ada');
  });

  it('is asked for at its line when it is empty', () => {
    expect(said(header('name:\nID: ada'))).toEqual(['error 2:6 candidate-name-missing']);
    expect(said(header('name: \nID: ada'))).toEqual(['error 2:7 candidate-name-missing']);
    expect(said(header('name: ~\nID: ada'))).toEqual(['error 2:7 candidate-name-missing']);
    expect(said(header('ID: ada'))).toEqual(['error 1:1 candidate-name-missing']);
  });

  it('is the first when there are two', () => {
    expect(read(header('name: Ada\nname: Bob\nID: ada')).candidate?.name).toBe('Ada');
    expect(said(header('name: Ada\nname: Bob\nID: ada'))).toEqual(['warning 3:1 candidate-duplicate-key']);
  });

  it('says what a "#" cut off', () => {
    expect(read(header('name: Ada #1\nID: ada')).candidate?.name).toBe('Ada');
    expect(said(header('name: Ada #1\nID: ada'))).toEqual(['warning 2:7 candidate-text-after-hash']);
  });

  it('survives a line below it that is no YAML', () => {
    const text = header('name: Ada\nID: ada\ninfo:\n  - employer: "X\n  - slack: ]]y');
    expect(read(text).candidate).toMatchObject({ name: 'Ada', id: 'ada' });
    expect(said(text).every((line) => line.startsWith('warning'))).toBe(true);
  });

  it('is refused with a YAML tag', () => {
    expect(said(header('name: !!python/object/apply:os.system ["x"]\nID: ada'))).toEqual([
      'error 2:7 yaml-tag',
    ]);
  });
});

describe('the info block', () => {
  const fields = (block: string) => read(header(`name: Ada\nID: ada\n${block}`)).candidate?.fields;

  it('may be absent or empty', () => {
    expect(fields('')).toEqual([]);
    expect(fields('info:')).toEqual([]);
    expect(fields('info: null')).toEqual([]);
    expect(fields('info:\n  -')).toEqual([]);
  });

  it('may be a list of maps, a plain map, or maps with several keys', () => {
    const expected = [
      { name: 'employer', value: 'X' },
      { name: 'slack', value: '@ada' },
    ];
    expect(fields('info:\n  - employer: X\n  - slack: @ada')).toEqual(expected);
    expect(fields('info:\n- employer: X\n- slack: @ada')).toEqual(expected);
    expect(fields('info:\n  employer: X\n  slack: @ada')).toEqual(expected);
    expect(fields('info:\n  - employer: X\n    slack: @ada')).toEqual(expected);
    expect(fields('info: {employer: X, slack: "@ada"}')).toEqual(expected);
  });

  it('may hold bare texts', () => {
    expect(fields('info:\n  - Independent\n  - employer:X\n  - https://a.example')).toEqual([
      { name: '', value: 'Independent' },
      { name: 'employer', value: 'X' },
      { name: '', value: 'https://a.example' },
    ]);
  });

  it('may hold tabs, colons and hashes', () => {
    expect(fields('info:\n\t- employer: X: the company\n\t- slack:\tada')).toEqual([
      { name: 'employer', value: 'X: the company' },
      { name: 'slack', value: 'ada' },
    ]);
  });

  it('keeps numbers and words as texts, and hostile keys as keys', () => {
    expect(fields('info:\n  - badge: 007\n  - __proto__: yes\n  - constructor: 1')).toEqual([
      { name: 'badge', value: '007' },
      { name: '__proto__', value: 'yes' },
      { name: 'constructor', value: '1' },
    ]);
    expect(({} as Record<string, unknown>)['yes']).toBeUndefined();
  });

  it('takes in keys that stand beside it', () => {
    const text = header('name: Ada\nID: ada\nemployer: X');
    expect(read(text).candidate?.fields).toEqual([{ name: 'employer', value: 'X' }]);
    expect(said(text)).toEqual(['warning 4:1 candidate-unknown-key']);
  });
});

describe('the bio', () => {
  const after = (bio: string) => read(`${DASHES}\n${HEADER}\n${DASHES}\n${bio}`).candidate?.bio;

  it.each([
    ['a rule', 'Before.\n\n---\n\nAfter.\n'],
    ['a long rule', `Before.\n\n${DASHES}\n\nAfter.\n`],
    ['a table', '| a | b |\n|---|---|\n| 1 | 2 |\n'],
    ['a bare table separator', 'a | b\n--- | ---\n1 | 2\n'],
    ['an option', 'Run\n\n    kubectl get --namespace x\n--namespace y\n'],
    ['front matter', '---\nname: Bob\nID: bob\n---\n'],
    ['HTML and comments', '<!-- hidden -->\n<b>bold</b>\n'],
    ['code', '```\n---\nname: x\n---\n```\n'],
    ['no line end', 'The end'],
    ['nothing', ''],
    ['emoji', '🎉 Ünïcödé\n'],
  ])('is complete with %s in it', (_, bio) => {
    expect(after(bio)).toBe(bio);
  });

  it('is not taken for the header when the header is not closed', () => {
    const bio = '## About me\n\nI did things.\n\n---\n\nMore things.\n';
    const { candidate } = read(`${DASHES}\nname: Ada\nID: ada\n\n${bio}`);
    expect(candidate).toMatchObject({ name: 'Ada', id: 'ada' });
    expect(candidate?.bio).toBe(`\n${bio}`);
  });

  it('is not taken for the header when neither line of dashes is there and it holds a table', () => {
    const bio = 'Some words.\n\n| a | b |\n|---|---|\n\n---\n';
    expect(read(`name: Ada\nID: ada\n\n${bio}`).candidate?.bio).toBe(`\n${bio}`);
  });
});

describe('whatever stands in the file', () => {
  it('is no candidate while its header is broken and the ID not in it', () => {
    const { candidate, diagnostics } = read(`ID: \r\n$${header(HEADER)}`);
    expect(candidate).toBeNull();
    expect(diagnostics.filter((d) => d.severity === 'error').map((d) => d.line)).toEqual([2]);
  });

  const piece = fc.oneof(
    fc.constantFrom(
      '---',
      DASHES,
      '\n',
      '\r\n',
      '\t',
      '@',
      '"',
      "'",
      ': ',
      '- ',
      '[',
      ']',
      '{',
      '}',
      '```\n',
      '*',
      '&a ',
      '!x ',
      '| ',
      '> ',
      ' #',
      '\u0000',
      '\ufeff',
      'name: ',
      'ID: ',
      'info:\n',
      '%',
      '? ',
      ', ',
      '~',
      'Ada',
    ),
    fc.string({ maxLength: 8 }),
  );

  it('is name and ID, or an error, and never an exception', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), fc.nat(400), (pieces, at) => {
        const whole = header(HEADER);
        const text = whole.slice(0, at) + pieces.join('') + whole.slice(at);
        const { candidate, diagnostics } = read(text);
        const failed = diagnostics.some((d) => d.severity === 'error');
        expect(failed).toBe(candidate === null);
        if (candidate) expect(candidate.name !== '' && candidate.id !== '').toBe(true);
      }),
      { numRuns: 400 },
    );
  });
});
