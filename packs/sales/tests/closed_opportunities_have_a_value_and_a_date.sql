select opportunity_id, deal_stage, closed_on, close_value
from {{ ref('opportunities') }}
where
    (deal_stage in ('Won', 'Lost') and (closed_on is null or close_value is null))
    or (deal_stage in ('Prospecting', 'Engaging') and (closed_on is not null or close_value is not null))
