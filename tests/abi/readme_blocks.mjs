// readme_blocks.mjs README FOLDER: writes the blocks of code of the README: "file=" ones as files, commands as commands.sh, and
// all others as functions of snippets.cpp.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const [readme, folder] = process.argv.slice(2);
const parameters = {
  '': 'guichet::Ctx ctx, guichet::Request request',
  event: 'guichet::Ctx ctx, guichet::Event event',
  job: 'guichet::Ctx ctx, guichet::Job job',
  cells: 'guichet::Ctx ctx, guichet::Cells cells',
};
let snippets = '#include <guichet/sdk/plugin.hpp>\n#include <tickets/tickets_v1.h>\n';
let commands = 'set -euo pipefail\n';
let count = 0;
for (const [, language, mark, text] of readFileSync(readme, 'utf8').matchAll(/^```(\w+) ?(\S*)\n(.*?)^```$/gms)) {
  if (mark.startsWith('file=')) {
    const file = join(folder, mark.slice(5));
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  } else if (language === 'sh') commands += text;
  else if (language === 'cpp' && mark in parameters) {
    snippets += `void snippet_${++count}([[maybe_unused]] ${parameters[mark].replace(', ', ', [[maybe_unused]] ')}) {\n${text}}\n`;
  } else throw new Error(`a block that nothing tests: ${language} ${mark}`);
}
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'snippets.cpp'), snippets);
writeFileSync(join(folder, 'commands.sh'), commands);
