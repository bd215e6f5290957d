// The packages that are made of this repository: all services together, and one package per service.

/** The package of this repository, with the nodes of all services. */
export const ALL_IN_ONE = 'n8n-nodes-dataflows';

/** A package with the nodes of one service. */
export interface ServicePackage {
	/** Its name on npm. */
	name: string;
	/** What comes before `-v1.2.3` in the tags that release it, and after `release/` in the name of its branch. */
	tag: string;
	/** The service, as users know it. */
	title: string;
	/** What the nodes do, for npm. */
	description: string;
	/** How texts and file names mention the service: a regular expression. */
	mention: string;
	/** The folder in `nodes/`, after which the nodes are named. */
	folder: string;
	/** Names of files in `credentials/`, without their ending. */
	credentials: string[];
	/** The guide is `docs/<guide>.md`, and the reference `docs/reference/<guide>.md`. */
	guide: string;
	/** The documentation of the service's API. */
	api: string;
	/** Search words on npm, beside those that every package has. */
	keywords: string[];
}

export const servicePackages: ServicePackage[] = [
	{
		name: 'n8n-nodes-portable',
		tag: 'portable',
		title: 'Portable',
		description:
			'n8n nodes that create sources, destinations and flows in Portable, run them, and start workflows when runs finish',
		mention: '[Pp]ortable',
		folder: 'Portable',
		credentials: ['PortableApi', 'PortablePropertiesApi'],
		guide: 'portable',
		api: 'https://developer.portable.io',
		keywords: ['portable', 'elt', 'etl', 'data-pipeline', 'data-flow'],
	},
	{
		name: 'n8n-nodes-diga',
		tag: 'diga',
		title: 'Diga',
		description:
			'n8n nodes that build, publish and test the flows of Diga voice agents, and start workflows when executions finish',
		mention: '[Dd]iga',
		folder: 'Diga',
		credentials: ['DigaApi', 'DigaConnectionValueApi'],
		guide: 'diga',
		api: 'https://docs.diga.io',
		keywords: ['diga', 'voice-agent', 'voice-ai'],
	},
	{
		name: 'n8n-nodes-amazon-appflow',
		tag: 'amazon-appflow',
		title: 'Amazon AppFlow',
		description:
			'n8n nodes that create flows in Amazon AppFlow, run them, and start workflows when runs finish',
		mention: '[Aa]pp[Ff]low',
		folder: 'AmazonAppFlow',
		credentials: ['AmazonAppFlowApi'],
		guide: 'appflow',
		api: 'https://docs.aws.amazon.com/appflow/1.0/APIReference/Welcome.html',
		keywords: ['amazon-appflow', 'appflow', 'aws', 'data-pipeline', 'data-flow'],
	},
];

/** The names of the two nodes of a service as they are in node types, e.g. `diga` and `digaTrigger`. */
export function nodeNames({ folder }: ServicePackage): [action: string, trigger: string] {
	const action = folder.charAt(0).toLowerCase() + folder.slice(1);
	return [action, `${action}Trigger`];
}

/** Matches a mention of a service other than this one. */
export function otherServices(info: ServicePackage): RegExp {
	const others = servicePackages.filter((other) => other !== info).map(({ mention }) => mention);
	return new RegExp(`(?<![A-Za-z])(Amazon)?(${others.join('|')})`);
}

/** The package of a release tag such as `diga-v1.2.3`, and its version. */
export function releaseOf(tag: string): { info: ServicePackage; version: string } {
	const [, name, version = ''] = /^([a-z-]+)-v(\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?)$/.exec(tag) ?? [];
	const info = servicePackages.find((one) => one.tag === name);
	if (!info) {
		const tags = servicePackages.map((one) => `${one.tag}-v1.2.3`).join(', ');
		throw new Error(`${tag} is not a release tag of a package. Such tags are: ${tags}`);
	}
	return { info, version };
}
