"""List the words of an invented council's business."""

from __future__ import annotations

PLACES = (
    "Ashgill Meadows|Barrowden Quay|Birkwith Lane|Calverstone|Cotter Hill|Dunnock Green|Eastwater|Elmhurst Parade"
    "|Fallow Dene|Fernhaugh|Garth End|Gorsley Common|Hallbeck|Harrowfield|Inkerman Road|Jessop Yard|Kelder Bank"
    "|Kingswell|Lambourne Wharf|Larch Hill|Marlpit Lane|Mossgate|Netherstoke|Norwold|Oakenshaw|Old Tannery Street"
    "|Pellam Bridge|Priory Fields|Quarry Bank|Ravelstone|Rushmere End|Saltersgate|Shawclough|Swinside|Tarn Row"
    "|Thornley Park|Upper Wendle|Vicarage Meadow|Wetherham|Winnats Road|Yarrow Street|Yeld Common"
).split("|")
WORKS = (
    "the resurfacing of the car park|the renewal of the roof of the library|the replacement of the street lamps"
    "|the repair of the retaining wall|the refurbishment of the leisure centre|the rebuilding of the footbridge"
    "|the dredging of the boating lake|the renewal of the play equipment|the insulation of the council houses"
    "|the conversion of the former school|the laying of the cycle track|the restoration of the bandstand"
).split("|")
FIRMS = (
    "Aldgarth Construction Ltd|Bewley and Marr Ltd|Copperhouse Civils Ltd|Drayhorse Paving Ltd|Ellerby Roofing Ltd"
    "|Foxton Lighting Ltd|Greystone Groundworks Ltd|Harbottle Brothers Ltd|Ivesdale Engineering plc"
    "|Kirkstall Play Ltd|Longmire Surveys Ltd|Mickleham Builders Ltd|Northmoor Plant Ltd|Oxgang Services Ltd"
).split("|")
PAPERS = (
    "local transport plan|open space strategy|homelessness strategy|conservation area appraisal|masterplan"
    "|air quality action plan|asset management plan|flood risk management plan|tree strategy|design code"
    "|parking strategy|public realm strategy"
).split("|")
POLICIES = (
    "pavement licensing policy|discretionary rate relief policy|hackney carriage policy|enforcement policy"
    "|street naming policy|allotments policy|memorial bench policy|community asset transfer policy|debt policy"
).split("|")
REPORTS = (
    "budget monitoring report|treasury management report|complaints report|health and safety report"
    "|internal audit progress report|corporate risk register|performance report|procurement report"
    "|workforce report|housing repairs report|planning appeals report"
).split("|")
MATTERS = (
    "the future of the day centre|the proposed controlled parking zone|the petition about speeding"
    "|the disposal of the depot|the trial closure of the high street|the opening hours of the recycling centre"
    "|the draft charging schedule|the lease of the community hall|the bid for lottery money"
    "|the siting of the electric charging points"
).split("|")
CLUBS = (
    "Bowls Club|Brass Band|Community Shop|Cricket Club|Food Bank|Heritage Trust|Men's Shed|Rowing Club|Scout Group"
    "|Swimming Club|Youth Theatre|Gardening Society"
).split("|")
PURPOSES = (
    "a new pavilion|a second-hand minibus|insulation of its hall|its summer festival|new floodlights|a ramp and a lift"
    "|its advice sessions|the repair of its boathouse"
).split("|")
PROPOSALS = (
    "erection of {n} dwellings|change of use from shop to café|single storey rear extension|conversion of barn to"
    " {n} holiday lets|installation of {n} solar panels|demolition of garages and erection of {n} flats"
    "|formation of vehicular access|erection of agricultural building"
).split("|")
POSTS = (
    "Director of Place|Director of Resources|Head of Housing|Head of Planning|Monitoring Officer|Chief Executive"
    "|Head of Property|Assistant Director for Environment|Director of Public Health|Section 151 Officer"
).split("|")
HOLDERS = (
    "Cabinet Member for Finance|Cabinet Member for Housing|Cabinet Member for Transport|Leader of the Council"
    "|Portfolio Holder for Leisure|Portfolio Holder for Communities"
).split("|")
ACTS = (
    "enter into a lease of the land|acquire the freehold of the premises|submit a bid for the scheme"
    "|agree terms for the sale of the site|settle the claim for compensation|appoint consultants for the scheme"
).split("|")
BODIES = (
    "Harbour Users Forum|Drainage Board|Museums Trust|Airport Consultative Committee|Crematorium Joint Board"
    "|Twinning Association|Woodland Partnership|Canal Partnership"
).split("|")
FORENAMES = "Ailsa Bertram Celia Desmond Edwina Farrah Gareth Hetty Idris Joan Kamal Leonie Magnus Nadia Petra".split()
SURNAMES = (
    "Ackerley Bagshawe Cantrell Dalloway Entwhistle Farrant Gosling Hebden Imrie Jessop Kettlewell Lumsden Marchbank"
    " Nettleship Oduya Pargeter Quennell Rowbotham Singleton Thwaite Umbers Verrall Whinfell Yelland"
).split()
