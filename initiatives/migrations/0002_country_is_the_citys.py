from django.db import migrations

# Django has no foreign key over two columns; the database has. A listing with a city carries that city's country;
# where the city is NULL nothing is compared.
ADD = """
ALTER TABLE initiatives_initiative ADD CONSTRAINT initiative_country_is_the_citys
FOREIGN KEY (city_id, country) REFERENCES initiatives_city (id, country)
ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED
"""
REMOVE = "ALTER TABLE initiatives_initiative DROP CONSTRAINT initiative_country_is_the_citys"


class Migration(migrations.Migration):
    dependencies = [("initiatives", "0001_initial")]

    operations = [migrations.RunSQL(ADD, REMOVE)]
