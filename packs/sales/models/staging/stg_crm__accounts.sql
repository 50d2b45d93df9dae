select
    trim(account) as account_name,
    case lower(trim(sector)) when 'technolgy' then 'technology' else lower(trim(sector)) end as sector,
    cast(year_established as integer) as year_established,
    cast(revenue as decimal(18, 2)) as revenue_millions,
    cast(employees as integer) as employees,
    case trim(office_location) when 'Philipines' then 'Philippines' else trim(office_location) end as country,
    nullif(trim(subsidiary_of), '') as parent_account_name
from {{ source('crm', 'accounts') }}
