// README, CHANGELOG and other texts of the package of one service, from the texts of this repository.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ALL_IN_ONE, otherServices } from './catalog.ts';
import type { ServicePackage } from './catalog.ts';
import { root } from './manifest.ts';
import { section, withoutEmptySections, withoutEntries } from './markdown.ts';

const REPOSITORY = 'https://github.com/n8n-nodes-dataflows/n8n-nodes-dataflows';

function read(file: string): string {
	return readFileSync(join(root, file), 'utf8');
}

function tableOf(markdown: string): string {
	return markdown
		.split('\n')
		.filter((line) => line.startsWith('|'))
		.join('\n');
}

/** The README, with the sections of n8n's template. Its links are those of the README of this repository. */
export function readmeOf(info: ServicePackage): string {
	const { name, title, description, guide, api } = info;
	const readme = read('README.md');
	const part = (heading: string) => withoutEntries(section(readme, heading), otherServices(info));
	const usage = part('Usage');
	const bullets = usage.slice(usage.indexOf('\n- ') + 1);
	return `# ${name}

${description.replace(/^n8n nodes/, '[n8n](https://n8n.io) nodes')}.

[Installation](#installation) · [Operations](#operations) · [Credentials](#credentials) · [Compatibility](#compatibility) ·
[Usage](#usage) · [Resources](#resources) · [Version history](#version-history)

## Installation

In n8n, open _Settings > Community Nodes > Install_ and enter \`${name}\`.
[n8n's guide](https://docs.n8n.io/integrations/community-nodes/installation/) describes other ways.

If you used the ${title} nodes of \`${ALL_IN_ONE}\` before, [move your workflows](docs/packages.md#move-a-workflow).

## Operations

${tableOf(part(title))}

The node, but not the trigger, can be a tool of an AI agent.

## Credentials

${part('Credentials')}

## Compatibility

${part('Compatibility')}

## Usage

The [guide](docs/${guide}.md) shows how to use the nodes, and the [examples](examples/README.md) are workflows that you can import.

${bullets}

## Resources

- [${title} guide](docs/${guide}.md), [all operations and fields](docs/reference/${guide}.md)
- [Reliability](docs/reliability.md): what the nodes do when requests fail, and how this is tested
- [Scale](docs/scale.md): many items, rate limits, benchmarks
- [API of ${title}](${api})
- [n8n's community nodes](https://docs.n8n.io/integrations/#community-nodes)

## Version history

See the [changelog](CHANGELOG.md).

## License

[MIT](LICENSE)
`;
}

/** The changes that concern this service. Those that are not released yet are the changes of this version. */
export function changelogOf(info: ServicePackage, version: string, isRelease: boolean): string {
	const changes = withoutEntries(read('CHANGELOG.md'), otherServices(info));
	return withoutEmptySections(
		isRelease ? changes.replace('## Unreleased', `## ${version}`) : changes,
	);
}

/** The README of the examples, with the rows of those that come along. */
export function examplesReadme(info: ServicePackage): string {
	return withoutEntries(read('examples/README.md'), otherServices(info));
}

export function contributing({ tag }: ServicePackage): string {
	return `# Contributing

The sources of this package are made from [${ALL_IN_ONE}](${REPOSITORY}), where they are developed and tested.
\`npm run packages\` writes them, and each release is a commit of the branch \`release/${tag}\`.

Please open issues and pull requests there. [CONTRIBUTING](${REPOSITORY}/blob/main/CONTRIBUTING.md) describes how to start.

To build and check this package alone:

\`\`\`bash
npm ci
npm run build
npm run lint
\`\`\`

\`npm run dev\` starts n8n with the nodes.
`;
}
