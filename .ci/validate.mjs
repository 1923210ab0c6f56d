// Judges the HTML of a mail: html-validate, the Nu checker and the support tables of mail clients.
//   node validate.mjs FILE.html...      exit 1 with every complaint; silence is never success, each judge says its count
//
// html-validate's ignored rules (htmlvalidate.json), each because Outlook draws mails with Word:
//   no-inline-style      its styles must stand in the tags
//   no-deprecated-attr   width, cellpadding and bgcolor are what it obeys
//   prefer-tbody         layout tables, not data
//   no-conditional-comment   they speak to Outlook alone
//   doctype-style        the inliner writes it in capitals, which says the same
//   long-title           the subject is the title
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { doIUseEmail } from "@jsx-email/doiuse-email";

const HERE = dirname(fileURLToPath(import.meta.url));
const CLIENTS = ["outlook.windows", "outlook.macos", "outlook.ios", "gmail.*", "apple-mail.*", "thunderbird.*"];
// What a client may ignore without harm to a reader: [words of the complaint, why].
const HARMLESS = [
  ["border-radius", "corners are square there"],
  ["@media", "the phone rules only add comfort; the layout holds without them"],
  ["max-width", "the text gets wider there"],
  ["lang attribute", "only the reading voice notices"],
  ["aria-label", "the words beside it say the same"],
  ["role attribute", "only the reading voice notices"],
  ["<body> element", "its own page takes the place of it"],
  ["overflow-wrap", "Word breaks long words by rules of its own"],
  ["HTML5 semantics", "<main> is for reading voices; Word draws its content"],
  ["<meta", "the header of the mail says the same"],
  ["<style>", "the rules stand in the tags as well"],
];

function run(command, args) {
  const done = spawnSync(command, args, { cwd: HERE, encoding: "utf8", maxBuffer: 64_000_000 });
  if (done.error) throw done.error;
  return { failed: done.status !== 0, words: (done.stdout + done.stderr).trim() };
}

// The tables do not know every property for every client, and the tool gives up on the first gap: take that property
// out for that client, say so, and ask again.
function complaintsOf(client, html, gaps) {
  for (;;) {
    try {
      return doIUseEmail(html, { emailClients: [client] }).errors ?? [];
    } catch (error) {
      const [, property, name] = error.message.match(/^Feature `([a-z-]+)` not found on `(.+)`/) ?? [];
      if (!property) throw error;
      const without = html.replaceAll(new RegExp(`(^|[^a-z-])${property}\\s*:[^;"}]*;?`, "g"), "$1");
      if (without === html) throw error;
      html = without;
      gaps.add(`nobody has measured ${property} on ${name}`);
    }
  }
}

function mailClients(file) {
  const html = readFileSync(file, "utf8");
  const gaps = new Set();
  const errors = CLIENTS.flatMap((client) => complaintsOf(client, html, gaps));
  const serious = errors.filter((error) => !HARMLESS.some(([words]) => error.includes(words)));
  return { failed: serious.length > 0, words: [...new Set(serious), ...gaps].join("\n") };
}

const files = process.argv.slice(2);
if (files.length === 0) {
  console.error("validate: no file named: nothing was judged");
  process.exit(2);
}
let failed = false;
for (const file of files) {
  const judges = {
    "html-validate": () => run("node_modules/.bin/html-validate", ["--config", "htmlvalidate.json", file]),
    "Nu checker": () => run("java", ["-jar", join("node_modules", "vnu-jar", "build", "dist", "vnu.jar"), "--errors-only", file]),
    "mail clients": () => mailClients(file),
  };
  for (const [name, judge] of Object.entries(judges)) {
    const verdict = judge();
    failed ||= verdict.failed;
    console.log(`${verdict.failed ? "FAILED" : "passed"}  ${name}  ${file}`);
    if (verdict.words) console.log(verdict.words);
  }
}
process.exit(failed ? 1 : 0);
